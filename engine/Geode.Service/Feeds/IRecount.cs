using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>A <see cref="Recount{TDocument, TResult}"/>, whatever it counts.</summary>
internal interface IRecount
{
    /// <summary>The property that holds the partition, in what is counted and in the results.</summary>
    string PartitionKey { get; }

    Container Documents { get; }

    Container Results { get; }

    Task RecountAsync(string partition, CancellationToken cancellation);
}
