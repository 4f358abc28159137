using System.Globalization;
using Geode.Api.Documents;
using Geode.Personal;
using Geode.Service.Backplane;
using Geode.Service.Identity;

namespace Geode.Api.Personal;

/// <summary>What visitors did, as the learner wants to know it.</summary>
internal sealed class Histories(Interests interests, Wishes wishes)
{
    /// <param name="visitor">Null: nothing is known of who asks.</param>
    public async Task<History> OfAsync(Visitor? visitor, CancellationToken cancellation)
    {
        if (visitor is null)
            return History.Without("no history");
        try
        {
            var (settings, deeds) = await interests.OfAsync(visitor.Id, cancellation);
            wishes.Heard(settings);
            return settings.Off ? History.Without("off") : History.Of(deeds);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            cancellation.ThrowIfCancellationRequested();
            // No other region is asked, and the general order is better than none.
            return History.Without("your history cannot be read now");
        }
    }
}

/// <summary>What one visitor did.</summary>
/// <param name="Deeds">Newest first.</param>
/// <param name="Dealt">Questions that the visitor asked, answered or voted on.</param>
/// <param name="None">Why there is nothing to go by; null: there is.</param>
internal sealed record History(IReadOnlyList<Deed> Deeds, IReadOnlySet<string> Dealt, string? None)
{
    public static History Without(string reason) => new([], new HashSet<string>(), reason);

    /// <summary>What cannot be read is left out.</summary>
    public static History Of(IReadOnlyList<Interest> interests)
    {
        var deeds = new List<Deed>();
        foreach (var interest in interests)
        {
            if (interest.Weight is >= -1 and <= 1 && DateTimeOffset.TryParse(
                interest.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            {
                deeds.Add(new(interest.Visitor, interest.Id, interest.Weight, at));
            }
        }

        return deeds.Count == 0
            ? Without("no history")
            : new(deeds, deeds.Where(deed => Math.Abs(deed.Value) > Interest.Dealt).Select(deed => deed.Item).ToHashSet(), null);
    }
}
