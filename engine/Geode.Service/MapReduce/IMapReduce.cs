using Microsoft.Azure.Cosmos;

namespace Geode.Service.MapReduce;

/// <summary>A question about all documents, answered by numbers: each region maps what was written in it, and the numbers are put together.</summary>
/// <typeparam name="TDocument">What mapping needs of a document.</typeparam>
public interface IMapReduce<TDocument>
{
    /// <summary>Selects what that region had written up to a point in time (<see cref="Backplane.Instant"/>), and nothing that another region wrote:
    /// then every document is mapped once, and later ones by no region.</summary>
    QueryDefinition Written(string region, string until);

    /// <summary>One document's contribution.</summary>
    IEnumerable<KeyValuePair<string, long>> Map(TDocument document);

    /// <summary>Puts two numbers of one key together, in any order and in any grouping to the same result. The sum, unless said otherwise.</summary>
    long Reduce(long one, long other) => one + other;
}
