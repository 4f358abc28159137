namespace Geode.Router.Steering;

/// <summary>A plan's word on where requests go, as it comes in: <c>PUT /_router/steering</c>.</summary>
/// <param name="Fence">Of the lease under which the plan was made; with <paramref name="Number"/> it tells the older of two plans.</param>
/// <param name="Seconds">After which it lapses.</param>
/// <param name="Drained">Origins that get no new requests.</param>
internal sealed record SteeringOrder(long Fence, long Number, double Seconds, IReadOnlyList<PlaceShares> Places, IReadOnlyList<string> Drained);

/// <param name="Place">A city, an Azure region or a region of the planet.</param>
/// <param name="Shares">Of its requests, by origin; together 1.</param>
internal sealed record PlaceShares(string Place, IReadOnlyDictionary<string, double> Shares);
