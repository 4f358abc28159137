using System.Text.Json;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Indexing;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>
/// Random queries by the real client over a real server: planned, sent to one partition or to three, and merged, they give the rows
/// that the definition of the language gives; in the order of ORDER BY where they have one.
/// </summary>
[Collection(SdkCollection.Name)]
public sealed class NaiveMergeTests(SdkServers servers)
{
    private const int QueriesPerWorld = 25;
    private const int Share = 40;
    private const int Documents = 20;

    [Fact]
    public async Task The_client_agrees_with_the_definition()
    {
        for (var seed = NaiveRuns.Seed; seed < NaiveRuns.Seed + Math.Max(1, NaiveRuns.Cases / Share / QueriesPerWorld); seed++)
        {
            var world = new NaiveWorld(seed, Documents, merged: true);
            var containers = new[] { await FillAsync(servers.One, world.Documents), await FillAsync(servers.Three, world.Documents) };
            for (var i = 0; i < QueriesPerWorld; i++)
            {
                var one = world.Case();
                if (!await IndexAsync(containers, SqlParser.Parse(one.Query)))
                    continue;
                foreach (var container in containers)
                {
                    await CheckAsync(container, seed, one, key: null, page: world.Choice.Pick(1, 3, 7, 100));
                    await CheckAsync(container, seed, one, key: "k" + world.Choice.Below(4), page: 100);

                    // The client has no continuation where groups or duplicates are left to it.
                    if (!one.Query.Contains("GROUP BY", StringComparison.Ordinal) && !one.Query.Contains("DISTINCT", StringComparison.Ordinal))
                        await CheckAsync(container, seed, one, key: null, page: world.Choice.Pick(2, 5), resumed: true);
                }
            }

            foreach (var container in containers)
                await container.DeleteContainerAsync();
        }
    }

    private static async Task<Container> FillAsync(SdkServer server, IEnumerable<string> documents)
    {
        var container = await server.ContainerAsync(properties =>
        {
            properties.PartitionKeyPath = "/pk";
            properties.PartitionKeyDefinitionVersion = PartitionKeyDefinitionVersion.V2;
            foreach (var property in NaiveCase.ComputedProperties)
                properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = $"/{property.Name}/?" });
            properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = "/*" });
            properties.ComputedProperties = [.. NaiveCase.ComputedProperties.Select(property => new ComputedProperty { Name = property.Name, Query = property.Query })];
        });
        foreach (var document in documents)
            await container.CreateItemAsync(JsonDocument.Parse(document).RootElement);
        return container;
    }

    // An order by several values needs a composite index. One by the items of an array that is joined has none.
    private static async Task<bool> IndexAsync(Container[] containers, SqlQuery query)
    {
        try
        {
            if (query.OrderBy is null || OrderByIndexes.Order(query, QueryParameters.None) is not { Count: > 1 } order)
                return true;
            foreach (var container in containers)
            {
                var properties = (await container.ReadContainerAsync()).Resource;
                properties.IndexingPolicy.CompositeIndexes.Add([.. order.Select(by => new CompositePath
                {
                    Path = string.Concat(by.Steps.Select(step => step == IndexPath.Items ? "/[]" : $"/\"{step}\"")),
                    Order = by.Descending ? CompositePathSortOrder.Descending : CompositePathSortOrder.Ascending,
                })]);
                await container.ReplaceContainerAsync(properties);
            }

            return true;
        }
        catch (SqlQueryException e) when (e.Errors[0].Message.Contains("correlated", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static async Task CheckAsync(Container container, int seed, NaiveCase one, string? key, int page, bool resumed = false)
    {
        var options = new QueryRequestOptions { MaxItemCount = page, PartitionKey = key is null ? null : new PartitionKey(key) };
        var seen = key is null ? one : one with { Documents = [.. one.Documents.Where(document => document.Contains($"\"pk\": \"{key}\"", StringComparison.Ordinal))] };
        var expected = seen.Results();
        List<string> actual;
        try
        {
            var rows = resumed
                ? await container.ResumedAsync<JsonElement>(new QueryDefinition(one.Query), page)
                : await container.QueryAsync<JsonElement>(one.Query, options);
            actual = rows.ConvertAll(row => NaiveTies.Spell(NaiveJson.Parse(row.GetRawText())));
        }
        catch (CosmosException e)
        {
            actual = [e.ToString()];
        }

        if (!NaiveTies.Agree(expected, actual))
            Assert.Fail($"Seed {seed}, partition key {key ?? "none"}, pages of {page}{(resumed ? ", resumed" : "")}:\n{seen}\nthe client:\n  {string.Join("\n  ", actual)}\nby definition:\n  {string.Join("\n  ", expected.Select(row => row.Value))}");
    }
}
