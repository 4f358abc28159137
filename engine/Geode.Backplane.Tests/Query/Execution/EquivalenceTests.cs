using Geode.Backplane.Query.Execution;

namespace Geode.Backplane.Tests.Query.Execution;

/// <summary>
/// Random queries over random documents: an index must not change the rows or their order, nor must the size of the pages. Set
/// GEODE_FUZZ_QUERIES to run more of them than a build does.
/// </summary>
public sealed class EquivalenceTests
{
    private const int QueriesPerContainer = 100;

    private static readonly QueryOptions Scan = new() { UseIndexes = false };

    private static int Containers => Math.Max(1, int.Parse(Environment.GetEnvironmentVariable("GEODE_FUZZ_QUERIES") ?? "600") / QueriesPerContainer);

    [Fact]
    public void Indexes_change_nothing_but_the_work()
    {
        var indexed = 0;
        ForEachQuery(documentCount: 150, (documents, query, random) =>
        {
            documents.Scope = random.Next(3) == 0 ? document => document.Rid % 3 != 0 : null;
            var scanned = documents.Query(query, options: Scan);
            Assert.Equal(scanned, documents.Query(query, maxItems: random.Next(1, 50)));
            indexed += documents.Page(query).Index is null ? 0 : 1;
        });

        Assert.True(indexed > QueriesPerContainer * Containers / 10, $"Only {indexed} queries used an index.");
    }

    [Fact]
    public void Pages_of_any_size_make_the_same_result()
    {
        ForEachQuery(documentCount: 70, (documents, query, random) =>
        {
            // An aggregate that clients merge is returned in parts when a page runs out of budget.
            var limits = query.Contains("item", StringComparison.Ordinal) ? null : new QueryLimits { DocumentsPerPage = random.Next(1, 40) };
            var options = random.Next(2) == 0 ? Scan : QueryOptions.Default;
            Assert.Equal(documents.Query(query, options: options), documents.Query(query, maxItems: random.Next(1, 9), limits: limits, options: options));
        });
    }

    private static void ForEachQuery(int documentCount, Action<TestDocuments, string, Random> test)
    {
        for (var seed = 1; seed <= Containers; seed++)
        {
            var data = new RandomData(seed);
            var documents = data.Documents(documentCount);
            for (var i = 0; i < QueriesPerContainer; i++)
            {
                var query = data.Query();
                try
                {
                    test(documents, query, new Random((seed * QueriesPerContainer) + i));
                }
                catch (Exception e)
                {
                    throw new InvalidOperationException($"Seed {seed}, query {i}: {query}", e);
                }
            }
        }
    }
}
