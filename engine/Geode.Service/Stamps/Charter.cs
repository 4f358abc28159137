using System.Text.Json.Serialization;

namespace Geode.Service.Stamps;

/// <summary>What a stamp itself knows of a tenant, in its own account's container <c>tenants</c>: who serves needs nobody else to decide. The one with
/// the higher revision wins where two regions wrote at once.</summary>
/// <param name="Id">The tenant.</param>
/// <param name="State">One of <see cref="CharterStates"/>.</param>
/// <param name="Revision">Higher with every change.</param>
/// <param name="Residency">Where the data has to stay; null: anywhere.</param>
/// <param name="To">Of one that is not here: who to ask.</param>
internal sealed record Charter(string Id, string State, long Revision, string? Residency = null, string? To = null)
{
    /// <summary>Whether requests of that kind are served under it.</summary>
    public bool Serves(bool writes) => State == CharterStates.Here || (State == CharterStates.Paused && !writes);

    /// <summary>Whether requests are to wait, since it is decided in a moment who serves them.</summary>
    [JsonIgnore]
    public bool Holds => State is CharterStates.Paused or CharterStates.Closed;
}

/// <summary>How a tenant is in a stamp.</summary>
internal static class CharterStates
{
    public const string Here = "here";

    /// <summary>Here, but nothing is written.</summary>
    public const string Paused = "paused";

    /// <summary>Here, but nothing is answered.</summary>
    public const string Closed = "closed";

    /// <summary>Its data is being copied here; another stamp serves it.</summary>
    public const string Arriving = "arriving";

    /// <summary>In another stamp. What is written late is refused.</summary>
    public const string Left = "left";
}
