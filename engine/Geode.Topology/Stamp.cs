using System.Text.Json.Serialization;

namespace Geode.Topology;

/// <summary>Regions that share their data with each other and with nobody else: for data a planet of their own, behind the planet's one router. A
/// tenant's data is in one stamp.</summary>
/// <param name="Name">Of 1 to 32 lower-case letters, digits and hyphens.</param>
/// <param name="Regions">By their names; each region of the planet is in one stamp.</param>
public sealed record Stamp(string Name, IReadOnlyList<string> Regions)
{
    /// <summary>Where all of its regions are, see <see cref="Residencies"/>; null: nothing is promised. A tenant that must stay there has no byte in
    /// another stamp.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Residency { get; init; }

    /// <summary>Whether a tenant that must stay there may be here.</summary>
    /// <param name="residency">Null: it may be anywhere.</param>
    public bool Admits(string? residency) => residency is null || residency == Residency;

    /// <summary>Whether processes of another stamp may be let into the account of this one, as those of the stamp that a tenant leaves have to be: what has to
    /// stay in a place is open to who is there.</summary>
    public bool OpensTo(Stamp other) => Residency is null || other?.Residency == Residency;

    /// <summary>By value, the list included.</summary>
    public bool Equals(Stamp? other) =>
        other is not null && Name == other.Name && Residency == other.Residency && Regions.SequenceEqual(other.Regions);

    public override int GetHashCode() => HashCode.Combine(Name, Residency, Regions.Count);
}

/// <summary>How a request says which tenant it is for.</summary>
/// <param name="By">One of <see cref="TenantSources"/>.</param>
/// <param name="Header">The request header, where it is by header.</param>
public sealed record TenantSettings(string By = TenantSources.Header, string Header = "X-Tenant")
{
    /// <summary>Longest name of a header, in characters.</summary>
    public const int LongestHeader = 64;

    /// <summary>Whether a header may be called so: 1 to <see cref="LongestHeader"/> letters, digits and hyphens.</summary>
    public static bool IsHeader(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= LongestHeader && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
    }
}

/// <summary>Ways in which a request says which tenant it is for.</summary>
public static class TenantSources
{
    /// <summary>A request header: <c>X-Tenant: acme</c>.</summary>
    public const string Header = "header";

    /// <summary>The first label of a host name of three labels at least: <c>acme.example.com</c>; of two where the second is <c>localhost</c>.</summary>
    public const string Host = "host";

    /// <summary>The segment after <c>/t/</c>: <c>/t/acme/orders</c>.</summary>
    public const string Path = "path";

    public static IReadOnlyList<string> All { get; } = [Header, Host, Path];
}
