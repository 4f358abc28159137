namespace Geode.Service.Roles;

/// <summary>How long a lease of a role lasts.</summary>
/// <param name="Duration">Who has seen it unchanged for so long may take it.</param>
/// <param name="Renewal">How often its holder renews it.</param>
/// <param name="Margin">So much before its end the holder stops: it and the others measure by clocks that do not run quite alike.</param>
/// <param name="Search">How often the others look.</param>
public sealed record LeaseTimes(TimeSpan Duration, TimeSpan Renewal, TimeSpan Margin, TimeSpan Search)
{
    /// <summary>A lost holder is replaced within 12 s, as with the leases of feeds.</summary>
    public static LeaseTimes Usual { get; } = new(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
}
