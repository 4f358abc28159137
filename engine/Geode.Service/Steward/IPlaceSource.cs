using Geode.Foresight.Planning;

namespace Geode.Service.Steward;

/// <summary>Where clients are, which regions there are now and what starts in them, if anybody here knows.</summary>
internal interface IPlaceSource
{
    /// <summary>Places that sent requests since it was asked before, so by one caller only; who asks first waits some seconds for them. Empty where that is
    /// not known, as in Azure.</summary>
    Task<IReadOnlyList<PlaceObservation>> ReadAsync(CancellationToken cancellation);

    /// <summary>The names of the planet's regions now; null: nobody here knows better than its settings.</summary>
    Task<IReadOnlyList<string>?> RegionsAsync(CancellationToken cancellation);

    /// <summary>By region, how many instances have been started and do not serve yet; empty where that is not known, as in Azure: an instance says
    /// nothing before it serves.</summary>
    Task<IReadOnlyDictionary<string, int>> StartingAsync(CancellationToken cancellation);
}

/// <summary>Nobody knows.</summary>
internal sealed class NoPlaces : IPlaceSource
{
    public Task<IReadOnlyList<PlaceObservation>> ReadAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<PlaceObservation>>([]);

    public Task<IReadOnlyList<string>?> RegionsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>?>(null);

    public Task<IReadOnlyDictionary<string, int>> StartingAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<string, int>>(new Dictionary<string, int>());
}
