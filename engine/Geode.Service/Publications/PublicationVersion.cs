using System.Globalization;
using Geode.Foresight.Guardrails;

namespace Geode.Service.Publications;

/// <summary>A version of a publication; a later one has a higher fence, or the same fence and a higher number.</summary>
/// <param name="Fence">Of the role that published it; see <c>Fence</c>.</param>
/// <param name="Number">Counted by its holder, from 1.</param>
public readonly record struct PublicationVersion(long Fence, int Number) : IComparable<PublicationVersion>
{
    public static bool operator <(PublicationVersion left, PublicationVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(PublicationVersion left, PublicationVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(PublicationVersion left, PublicationVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PublicationVersion left, PublicationVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>1003.7</c>: fence and number, both from 1.</summary>
    public static bool TryParse(string? text, out PublicationVersion version)
    {
        version = default;
        var parts = text?.Split('.');
        if (parts is not [{ } fence, { } number]
            || !long.TryParse(fence, NumberStyles.None, CultureInfo.InvariantCulture, out var parsedFence) || parsedFence < 1
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsedNumber) || parsedNumber < 1)
        {
            return false;
        }

        version = new(parsedFence, parsedNumber);
        return true;
    }

    public int CompareTo(PublicationVersion other) => (Fence, Number).CompareTo((other.Fence, other.Number));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Fence}.{Number}");

    /// <summary>Whether a publisher can have reached it by that time, as with plans: one from the far future would be the last that counted.</summary>
    internal bool IsPossible(DateTimeOffset now) => PlanGuard.IsPossible(new(Fence, Number), now);
}
