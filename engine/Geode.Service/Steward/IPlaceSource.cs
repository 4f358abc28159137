using Geode.Foresight.Planning;

namespace Geode.Service.Steward;

/// <summary>Where clients are, and which regions there are now, if anybody here knows.</summary>
internal interface IPlaceSource
{
    /// <summary>Places that sent requests since it was asked before, so by one caller only; empty where that is not known, as in Azure.</summary>
    Task<IReadOnlyList<PlaceObservation>> ReadAsync(CancellationToken cancellation);

    /// <summary>The names of the planet's regions now; null: nobody here knows better than its settings.</summary>
    Task<IReadOnlyList<string>?> RegionsAsync(CancellationToken cancellation);
}

/// <summary>Nobody knows.</summary>
internal sealed class NoPlaces : IPlaceSource
{
    public Task<IReadOnlyList<PlaceObservation>> ReadAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<PlaceObservation>>([]);

    public Task<IReadOnlyList<string>?> RegionsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>?>(null);
}
