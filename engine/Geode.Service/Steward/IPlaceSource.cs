using Geode.Foresight.Planning;

namespace Geode.Service.Steward;

/// <summary>Where clients are, if anybody here knows.</summary>
internal interface IPlaceSource
{
    /// <summary>Places that sent requests since it was asked before; empty where that is not known, as in Azure.</summary>
    Task<IReadOnlyList<PlaceObservation>> ReadAsync(CancellationToken cancellation);
}

/// <summary>Nobody knows.</summary>
internal sealed class NoPlaces : IPlaceSource
{
    public Task<IReadOnlyList<PlaceObservation>> ReadAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<PlaceObservation>>([]);
}
