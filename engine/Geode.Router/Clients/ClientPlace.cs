using Geode.Topology;

namespace Geode.Router.Clients;

/// <summary>Where a client is. <paramref name="Location"/> null: at no distance from any origin.</summary>
/// <param name="Name">Null when only coordinates are known.</param>
internal sealed record ClientPlace(string? Name, GeoPoint? Location)
{
    public static ClientPlace Nowhere { get; } = new(null, null);
}
