using System.Globalization;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;
using Geode.Backplane.Storage.Vectors;

namespace Geode.Backplane.Tests.Storage.Vectors;

/// <summary>A replica whose container has a vector index at <c>/v</c>, and the queries that it answers with and without it.</summary>
internal sealed class VectorReplica : IAsyncDisposable
{
    private const int ItemsPerCommit = 200;

    private VectorReplica(TestReplica replica) => Replica = replica;

    public TestReplica Replica { get; }

    public VectorIndex Index => Replica.Partition.Vectors!.Find("/v")!;

    public static string Settings(string type, string function, int dimensions, string dataType = "float32", string options = "", string more = "") =>
        $$"""
        {{more}}"vectorEmbeddingPolicy":{"vectorEmbeddings":[{"path":"/v","dataType":"{{dataType}}","distanceFunction":"{{function}}","dimensions":{{dimensions}}}]},
        "indexingPolicy":{"vectorIndexes":[{"path":"/v","type":"{{type}}"{{options}}}]}
        """;

    public static async Task<VectorReplica> OpenAsync(string settings, string? folder = null, string region = "here", TestReplica.Clock? time = null) =>
        new(await TestReplica.OpenAsync(region, time ?? new TestReplica.Clock(), settings, folder));

    /// <param name="items">Ids, and members beside the key as JSON without braces.</param>
    public async Task PutAsync(IEnumerable<(string Id, string Members)> items)
    {
        var container = Replica.Container;
        foreach (var chunk in items.Chunk(ItemsPerCommit))
        {
            ItemOperation[] operations = [.. chunk.Select(item => new ItemOperation(
                ItemOperationKind.Upsert,
                item.Id,
                container.PlaceOf($"[\"{KeyOf(item.Id)}\"]"),
                DocumentBody.Read(Encoding.UTF8.GetBytes($$"""{"id":"{{item.Id}}","pk":"{{KeyOf(item.Id)}}",{{item.Members}}}"""))))];
            await Replica.Replica.WriteAsync(writer =>
            {
                foreach (var operation in operations)
                    Assert.True(ItemTransaction.Run(writer, container, operation)[0].Succeeded);
                return true;
            });
        }
    }

    public async Task DeleteAsync(IEnumerable<string> ids)
    {
        var container = Replica.Container;
        foreach (var chunk in ids.Chunk(ItemsPerCommit))
        {
            await Replica.Replica.WriteAsync(writer =>
            {
                foreach (var id in chunk)
                    ItemTransaction.Run(writer, container, new ItemOperation(ItemOperationKind.Delete, id, container.PlaceOf($"[\"{KeyOf(id)}\"]")));
                return true;
            });
        }
    }

    /// <summary>Items are spread over ten partition keys.</summary>
    public static string KeyOf(string id) => $"k{id[^1]}";

    /// <summary>Waits until the index has taken everything in.</summary>
    public async Task SettledAsync()
    {
        while (!Index.Progress.IsDone)
            await Task.Delay(5);
    }

    /// <summary>All rows of a query, page by page.</summary>
    /// <param name="target">The parameter <c>@v</c>.</param>
    /// <param name="key">One partition key; all when null.</param>
    public List<string> Query(string text, float[] target, bool useIndexes = true, int maxItems = 0, string? key = null)
    {
        var container = Replica.Container;
        var options = new QueryOptions { UseIndexes = useIndexes, Vectors = VectorPolicy.Read(container.Settings.Json) };
        var scope = FeedScope.Whole(container, Replica.Partition);
        if (key is not null)
            scope = scope with { Key = PartitionKeyValue.Parse($"[\"{key}\"]") };
        var parameters = QueryParameters.Parse(JsonDocument.Parse($$"""[{"name":"@v","value":{{Json(target)}}}]""").RootElement);
        var rows = new List<string>();
        string? continuation = null;
        do
        {
            var page = new QueryExecutor(Replica.Time).Execute(
                SqlParser.Parse(text),
                parameters,
                new ScopedDocuments(scope, Replica.Replica.UnixSeconds),
                continuation is null ? null : QueryContinuation.Parse(continuation),
                maxItems,
                options);
            // A query of a query's rows reads these.
            Assert.Equal(useIndexes && !text.Contains("FROM (", StringComparison.Ordinal) ? "/v" : null, page.Index);
            rows.AddRange(JsonDocument.Parse(page.Items).RootElement.EnumerateArray().Select(row => row.GetRawText()));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return rows;
    }

    /// <summary>The part of the true rows that the index finds, over some targets.</summary>
    public double Recall(string text, IEnumerable<float[]> targets)
    {
        var (found, all) = (0, 0);
        foreach (var target in targets)
        {
            var expected = Query(text, target, useIndexes: false);
            var actual = Query(text, target);
            Assert.Equal(expected.Count, actual.Count);
            found += actual.Intersect(expected).Count();
            all += expected.Count;
        }

        return all == 0 ? 1 : (double)found / all;
    }

    public static string Json(IEnumerable<float> vector) => $"[{string.Join(',', vector.Select(x => x.ToString("R", CultureInfo.InvariantCulture)))}]";

    public ValueTask DisposeAsync() => Replica.DisposeAsync();
}
