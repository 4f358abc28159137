using Geode.Router.Clients;
using Geode.Topology;

namespace Geode.Router.Configuration;

/// <summary>All the router is told: its options, its origins and, when there is one, the planet they come from.</summary>
/// <param name="Places">Those that a client, or a plan, may name.</param>
/// <param name="Home">Where this router is, and where a client is taken to be when nothing tells.</param>
/// <param name="EmulateWan">Whether answers are delayed by the distance between client and geode.</param>
internal sealed record RouterSetup(
    RouterOptions Options,
    IReadOnlyList<OriginDefinition> Origins,
    Planet? Planet,
    PlaceBook Places,
    ClientPlace Home,
    bool EmulateWan);

/// <summary>An origin as configured.</summary>
/// <param name="Name">The region's name, or the configured key.</param>
/// <param name="Location">Null: at no distance from anyone.</param>
/// <param name="IsFor">Whether clients of a place, by its name, may be sent there; null: all may.</param>
/// <param name="Stamp">The stamp that it is in; null: there are none.</param>
internal sealed record OriginDefinition(
    string Name, Uri Address, int Priority, int Weight, GeoPoint? Location, Func<string?, bool>? IsFor = null, string? Stamp = null);
