using System.Collections.ObjectModel;
using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Queries over several partitions, which the client plans, merges and resumes.</summary>
[Collection(SdkCollection.Name)]
public sealed class QueryTests(SdkServers servers) : IAsyncLifetime
{
    private const int Count = 60;
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _container = await servers.Three.ContainerAsync(c => c.ComputedProperties = new Collection<ComputedProperty>
        {
            new() { Name = "upper", Query = "SELECT VALUE UPPER(c.text) FROM c" },
        });
        await _container.FillAsync(Count, keys: 10);
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Order_by_resumes_without_repeating_or_losing_rows(int page)
    {
        var rows = await _container.ResumedAsync<Note>(new QueryDefinition("SELECT * FROM c ORDER BY c.number"), page);
        Assert.Equal(Enumerable.Range(0, Count), rows.Select(r => r.Number));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    public async Task Order_by_with_ties_resumes(int page)
    {
        var rows = await _container.ResumedAsync<Note>(new QueryDefinition("SELECT * FROM c ORDER BY c.text"), page);
        Assert.Equal(Count, rows.Select(r => r.Id).Distinct().Count());
        Assert.Equal(Count, rows.Count);
        Assert.Equal(rows.Select(r => r.Text).Order(StringComparer.Ordinal), rows.Select(r => r.Text));
    }

    [Fact]
    public async Task Order_by_descending_resumes()
    {
        var rows = await _container.ResumedAsync<int>(new QueryDefinition("SELECT VALUE c.number FROM c ORDER BY c.number DESC"), 7);
        Assert.Equal(Enumerable.Range(0, Count).Reverse(), rows);
    }

    [Fact]
    public async Task Unordered_rows_resume()
    {
        var rows = await _container.ResumedAsync<Note>(new QueryDefinition("SELECT * FROM c WHERE c.number < @most").WithParameter("@most", 40), 6);
        Assert.Equal(40, rows.Select(r => r.Id).Distinct().Count());
        Assert.Equal(40, rows.Count);
    }

    [Fact]
    public async Task Computed_properties_are_read_and_filtered()
    {
        var rows = await _container.QueryAsync<string>("SELECT VALUE c.upper FROM c WHERE c.upper = 'TEXT 3'");
        Assert.Equal(Enumerable.Range(0, Count).Count(i => i % 7 == 3), rows.Count);
        Assert.All(rows, r => Assert.Equal("TEXT 3", r));
    }

    [Fact]
    public async Task A_new_definition_counts_at_once()
    {
        var properties = (await _container.ReadContainerAsync()).Resource;
        properties.ComputedProperties = new Collection<ComputedProperty> { new() { Name = "upper", Query = "SELECT VALUE CONCAT('+', c.text) FROM c" } };
        await _container.ReplaceContainerAsync(properties);
        Assert.Equal(["+text 3"], (await _container.QueryAsync<string>("SELECT DISTINCT VALUE c.upper FROM c WHERE c.number = 3")));
    }

    [Fact]
    public async Task A_wrong_computed_property_is_refused()
    {
        var properties = (await _container.ReadContainerAsync()).Resource;
        properties.ComputedProperties = new Collection<ComputedProperty> { new() { Name = "bad", Query = "SELECT c.text FROM c" } };
        await _container.ReplaceContainerAsync(properties).FailsAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("SELECT VALUE COUNT(1) FROM c", "60")]
    [InlineData("SELECT VALUE SUM(c.number) FROM c", "1770")]
    [InlineData("SELECT VALUE MIN(c.number) FROM c", "0")]
    [InlineData("SELECT VALUE MAX(c.number) FROM c", "59")]
    [InlineData("SELECT VALUE AVG(c.number) FROM c", "29.5")]
    [InlineData("SELECT VALUE COUNT(1) FROM c JOIN t IN c.tags WHERE t = 't1'", "20")]
    [InlineData("SELECT VALUE COUNT(1) FROM c WHERE c.pk IN ('k1', 'k2')", "12")]
    [InlineData("SELECT VALUE SUM((SELECT VALUE COUNT(1) FROM t IN c.tags)) FROM c", "60")]
    [InlineData("SELECT VALUE COUNT(1) FROM c JOIN (SELECT VALUE COUNT(1) FROM t IN c.tags WHERE t = 'none') AS n WHERE n = 0", "60")]
    [InlineData("SELECT VALUE COUNT(1) FROM c WHERE NOT EXISTS(SELECT VALUE MAX(t) FROM t IN c.tags WHERE t = 'none')", "60")]
    public async Task Aggregates_are_merged(string query, string expected) =>
        Assert.Equal(expected, Assert.Single(await _container.QueryAsync<JsonElement>(query)).GetRawText());

    [Fact]
    public async Task Groups_are_merged()
    {
        var rows = await _container.QueryAsync<JsonElement>("SELECT c.place.city, COUNT(1) AS count, MAX(c.number) AS most FROM c GROUP BY c.place.city");
        Assert.Equal(2, rows.Count);
        Assert.All(rows, r => Assert.Equal(30, r.GetProperty("count").GetInt32()));
        Assert.Equal(59, rows.Single(r => r.GetProperty("city").GetString() == "Graz").GetProperty("most").GetInt32());
    }

    [Fact]
    public async Task Distinct_values_are_merged() =>
        Assert.Equal(["Bern", "Graz"], (await _container.QueryAsync<string>("SELECT DISTINCT VALUE c.place.city FROM c")).Order());

    [Fact]
    public async Task Offset_and_limit_count_over_all_partitions() =>
        Assert.Equal([10, 11, 12], await _container.QueryAsync<int>("SELECT VALUE c.number FROM c ORDER BY c.number OFFSET 10 LIMIT 3"));

    [Fact]
    public async Task Top_counts_over_all_partitions() =>
        Assert.Equal([59, 58], await _container.QueryAsync<int>("SELECT TOP 2 VALUE c.number FROM c ORDER BY c.number DESC"));

    [Fact]
    public async Task A_query_with_a_partition_key_stays_in_it()
    {
        var rows = await _container.QueryAsync<Note>("SELECT * FROM c", new() { PartitionKey = new PartitionKey("k3") });
        Assert.Equal(6, rows.Count);
        Assert.All(rows, r => Assert.Equal("k3", r.Pk));
    }

    [Fact]
    public async Task A_syntax_error_is_400_and_says_where()
    {
        var failure = await _container.QueryAsync<Note>("SELECT * FROM c WHERE WHERE c.number = 1").FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains("SC1001", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_text_may_stream()
    {
        using var feed = _container.GetItemQueryStreamIterator("SELECT VALUE c.id FROM c WHERE c.number = 5");
        var found = new List<string>();
        while (feed.HasMoreResults)
        {
            using var page = await feed.ReadNextAsync();
            using var json = await JsonDocument.ParseAsync(page.Content);
            found.AddRange(json.RootElement.GetProperty("Documents").EnumerateArray().Select(d => d.GetString()!));
        }

        Assert.Equal(["n005"], found);
    }
}
