using Geode.Router.Clients;

namespace Geode.Router.Steering;

/// <summary>What is wrong with a steering order, whoever sent it.</summary>
internal static class SteeringCheck
{
    public const double LongestSeconds = 3_600;

    /// <summary>By how much shares may miss 1, since they were rounded on their way.</summary>
    private const double Tolerance = 0.001;

    /// <param name="places">Known ones.</param>
    /// <returns>One line, or null.</returns>
    public static string? Wrong(SteeringOrder order, PlaceBook places, IReadOnlyList<string> origins)
    {
        if (order.Fence < 0)
            return FormattableString.Invariant($"fence: {order.Fence} is not allowed. Use 0 or more.");
        if (order.Number < 0)
            return FormattableString.Invariant($"number: {order.Number} is not allowed. Use 0 or more.");
        if (!(order.Seconds is > 0 and <= LongestSeconds))
            return FormattableString.Invariant($"seconds: {order.Seconds} is not allowed. Use more than 0 and at most {LongestSeconds}.");
        foreach (var name in order.Drained)
        {
            if (!Knows(origins, name))
                return $"drained: {UnknownOrigin(name, origins)}";
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in order.Places)
        {
            if (Wrong(row, places, origins, seen) is { } wrong)
                return wrong;
        }

        return null;
    }

    private static string? Wrong(PlaceShares? row, PlaceBook places, IReadOnlyList<string> origins, HashSet<string> seen)
    {
        if (row is not { Place: { } name, Shares: { } shares })
            return "places: each needs a place and its shares.";
        if (places.Find(name)?.Name is not { } place)
            return $"places: unknown place '{Short(name)}'. Use a city, an Azure region or a region of the planet.";
        if (!seen.Add(place))
            return $"places: {place} is there twice.";
        foreach (var (origin, share) in shares)
        {
            if (!Knows(origins, origin))
                return $"places: {place}: {UnknownOrigin(origin, origins)}";
            if (!(share is >= 0 and <= 1))
                return FormattableString.Invariant($"places: {place}: {origin}: {share} is no share. Use 0 to 1.");
        }

        if (shares.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < shares.Count)
            return $"places: {place} has an origin twice.";
        var sum = shares.Values.Sum();
        return Math.Abs(sum - 1) <= Tolerance ? null : FormattableString.Invariant($"places: {place}: the shares add up to {sum:0.####}, not to 1.");
    }

    private static bool Knows(IReadOnlyList<string> origins, string? name) => origins.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string UnknownOrigin(string? name, IReadOnlyList<string> origins) =>
        $"unknown origin '{Short(name ?? "null")}'. Known: {string.Join(", ", origins)}.";

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
