using System.Collections.ObjectModel;
using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Full-text and hybrid search by the real client, from one partition, which fuses ranks by itself, and from three, whose answers the client fuses.</summary>
[Collection(SdkCollection.Name)]
public sealed class FullTextSearchTests(SdkServers servers)
{
    private const int Count = 90;
    private const int Distinct = 41;
    private static readonly string[] Words = ["amber", "birch", "cedar", "daisy", "ember", "fjord", "grove", "heron"];

    private sealed record Story(string Id, string Pk, string? Text, string Title, double[] Vector);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    public async Task Conditions_and_ranks_are_those_of_the_definition(bool indexed, int partitions)
    {
        var container = await ContainerAsync(partitions, indexed);
        var stories = await FillAsync(container);
        Assert.Equal(
            stories.Where(s => Occurrences(s.Text, "amber") > 0 && Occurrences(s.Title, "birch") == 0).Select(s => s.Id).Order(),
            (await container.QueryAsync<string>("SELECT VALUE c.id FROM c WHERE FullTextContains(c.text, 'amber') AND NOT FullTextContains(c.title, 'birch')")).Order());
        Assert.Equal(
            stories.Count(s => s.Text?.Contains("cedar daisy", StringComparison.Ordinal) == true || Occurrences(s.Text, "ember") > 0),
            Assert.Single(await container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c WHERE FullTextContainsAny(c.text, 'cedar daisies', 'ember')")));

        var score = Score(stories, s => s.Text, "amber", "fjord");
        await AssertOrderAsync(container, stories, "SELECT VALUE c.id FROM c ORDER BY RANK FullTextScore(c.text, 'amber', 'fjord')", Count, score);
        await AssertOrderAsync(container, stories, "SELECT TOP 7 VALUE c.id FROM c ORDER BY RANK FullTextScore(c.text, 'amber', 'fjord')", 7, score);
        await AssertOrderAsync(container, stories, "SELECT VALUE c.id FROM c ORDER BY RANK FullTextScore(c.text, 'amber', 'fjord') OFFSET 4 LIMIT 9", 9, score, skip: 4);
        await AssertOrderAsync(
            container, stories, "SELECT VALUE c.id FROM c WHERE FullTextContains(c.text, 'amber') ORDER BY RANK FullTextScore(c.text, 'amber')",
            Count, Score(stories, s => s.Text, "amber"), s => Occurrences(s.Text, "amber") > 0);
        await container.DeleteContainerAsync();
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 3)]
    public async Task Ranks_are_fused_with_and_without_weights(bool indexed, int partitions)
    {
        var container = await ContainerAsync(partitions, indexed);
        var stories = await FillWithoutTiesAsync(container);
        var (text, title) = (Score(stories, s => s.Text, "amber"), Score(stories, s => s.Title, "birch"));
        double Near(Story s) => ((3 * s.Vector[0]) + s.Vector[1]) / Math.Sqrt((s.Vector[0] * s.Vector[0]) + (s.Vector[1] * s.Vector[1]));
        const string both = "FullTextScore(c.text, 'amber'), FullTextScore(c.title, 'birch')";
        await AssertOrderAsync(container, stories, $"SELECT VALUE c.id FROM c ORDER BY RANK RRF({both})", Distinct, Fuse(stories, (text, 1), (title, 1)));
        await AssertOrderAsync(container, stories, $"SELECT TOP 10 VALUE c.id FROM c ORDER BY RANK RRF({both}, [3, 0.5])", 10, Fuse(stories, (text, 3), (title, 0.5)));
        await AssertOrderAsync(container, stories, $"SELECT VALUE c.id FROM c ORDER BY RANK RRF({both}, [1, -1])", Distinct, Fuse(stories, (text, 1), (title, -1)));
        await AssertOrderAsync(
            container, stories, $"SELECT VALUE c.id FROM c ORDER BY RANK RRF({both}, VectorDistance(c.vector, [3, 1])) OFFSET 3 LIMIT 8", 8,
            Fuse(stories, (text, 1), (title, 1), (Near, 1)), skip: 3);
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task A_distance_that_is_smaller_for_the_more_alike_is_fused_the_right_way_round()
    {
        foreach (var server in new[] { servers.One, servers.Three })
        {
            var container = await server.ContainerAsync(c => c.VectorEmbeddingPolicy = new(new Collection<Embedding>
            {
                new() { Path = "/vector", DataType = VectorDataType.Float32, DistanceFunction = DistanceFunction.Euclidean, Dimensions = 2 },
            }));
            var stories = await FillWithoutTiesAsync(container);
            double Near(Story s) => -Math.Sqrt(Math.Pow(s.Vector[0] - 3, 2) + Math.Pow(s.Vector[1] - 1, 2));
            var title = Score(stories, s => s.Title, "birch");
            const string scores = "VectorDistance(c.vector, [3, 1]), FullTextScore(c.title, 'birch')";
            await AssertOrderAsync(container, stories, $"SELECT TOP 9 VALUE c.id FROM c ORDER BY RANK RRF({scores})", 9, Fuse(stories, (Near, 1), (title, 1)));
            await AssertOrderAsync(container, stories, "SELECT TOP 9 VALUE c.id FROM c ORDER BY RANK VectorDistance(c.vector, [3, 1])", 9, Near);
            await AssertOrderAsync(container, stories, $"SELECT TOP 9 VALUE c.id FROM c ORDER BY RANK RRF({scores}, [-1, 1])", 9, Fuse(stories, (Near, -1), (title, 1)));
            await container.DeleteContainerAsync();
        }
    }

    [Fact]
    public async Task Statistics_are_those_of_all_items_or_of_the_partition_key_as_the_client_asks()
    {
        // "amber" is rare everywhere but under the key a, "birch" the other way round.
        var container = await ContainerAsync(3, indexed: true);
        foreach (var (id, pk, text) in new[]
        {
            ("amber", "a", "amber"), ("birch", "a", "birch"), ("a3", "a", "amber"), ("a4", "a", "amber"),
            ("b1", "b", "birch"), ("b2", "b", "birch"), ("b3", "b", "birch"), ("b4", "b", "birch"), ("b5", "b", "birch"), ("b6", "b", "birch"),
        })
            await container.CreateItemAsync(new Story(id, pk, text, "", [1, 0]));
        const string query = "SELECT VALUE c.id FROM c WHERE c.id IN ('amber', 'birch') ORDER BY RANK FullTextScore(c.text, 'amber', 'birch')";
        QueryRequestOptions In(FullTextScoreScope scope) => new() { PartitionKey = new PartitionKey("a"), FullTextScoreScope = scope, EnableOptimisticDirectExecution = false };
        Assert.Equal(["amber", "birch"], await container.QueryAsync<string>(query, In(FullTextScoreScope.Global)));
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task Every_kind_of_write_is_searched_at_once()
    {
        var container = await ContainerAsync(1, indexed: true);
        async Task Found(string word, params string[] ids) =>
            Assert.Equal(ids, (await container.QueryAsync<string>($"SELECT VALUE c.id FROM c WHERE FullTextContains(c.text, '{word}')")).Order());
        async Task First(string word, string id) =>
            Assert.Equal(id, Assert.Single(await container.QueryAsync<string>($"SELECT TOP 1 VALUE c.id FROM c ORDER BY RANK FullTextScore(c.text, '{word}')")));
        var key = new PartitionKey("p");
        Story Of(string id, string text) => new(id, "p", text, "", [1, 0]);
        for (var i = 0; i < 20; i++)
            await container.CreateItemAsync(Of($"filler{i:00}", "grove"));
        await container.CreateItemAsync(Of("one", "amber birch"));
        await Found("amber", "one");
        await container.ReplaceItemAsync(Of("one", "cedar"), "one");
        await Found("amber");
        await First("cedar", "one");
        await container.PatchItemAsync<Story>("one", key, [PatchOperation.Set("/text", "amber daisy")]);
        await Found("amber", "one");
        await Found("cedar");
        await container.UpsertItemAsync(Of("two", "amber"));
        Assert.True((await container.CreateTransactionalBatch(key).CreateItem(Of("three", "amber")).DeleteItem("one").ExecuteAsync()).IsSuccessStatusCode);
        await Found("amber", "three", "two");
        await Found("daisy");
        await container.DeleteItemAsync<Story>("two", key);
        await Found("amber", "three");
        await First("amber", "three");
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task An_index_may_come_and_go_and_change_its_language()
    {
        var container = await ContainerAsync(1, indexed: false);
        await container.CreateItemAsync(new Story("one", "p", "Häuser", "", [1, 0]));
        async Task<List<string>> Found() => await container.QueryAsync<string>("SELECT VALUE c.id FROM c WHERE FullTextContains(c.text, 'Haus')");
        Assert.Empty(await Found());
        foreach (var (language, found) in new[] { ("de-DE", 1), ("en-US", 0), ("de-DE", 1) })
        {
            ContainerProperties properties = await container.ReadContainerAsync();
            properties.FullTextPolicy = new FullTextPolicy { DefaultLanguage = "en-US", FullTextPaths = [new FullTextPath { Path = "/text", Language = language }] };
            properties.IndexingPolicy.FullTextIndexes.Clear();
            properties.IndexingPolicy.FullTextIndexes.Add(new FullTextIndexPath { Path = "/text" });
            ContainerProperties replaced = await container.ReplaceContainerAsync(properties);
            Assert.Equal(language, Assert.Single(replaced.FullTextPolicy.FullTextPaths).Language);
            Assert.Equal("/text", Assert.Single(replaced.IndexingPolicy.FullTextIndexes).Path);
            Assert.Equal(found, (await Found()).Count);
        }

        await container.DeleteContainerAsync();
    }

    [Theory]
    [InlineData("/text/*", "en-US", null, "The Full Text Policy contains an invalid Path: /text/*")]
    [InlineData("/text", "spa-SPA", null, "The Full Text Policy contains an unsupported language spa-SPA. Supported languages are:")]
    [InlineData("/text", "en-US", "text", "Full-text index specification at index (0) contains invalid path")]
    [InlineData("/text", "en-US", "/path", "The path of the Full Text Index /path does not match the path specified in the Full Text Policy")]
    public async Task A_policy_that_means_nothing_is_refused(string path, string language, string? index, string message)
    {
        var failure = await servers.One.ContainerAsync(c =>
        {
            c.FullTextPolicy = new FullTextPolicy { DefaultLanguage = "en-US", FullTextPaths = [new FullTextPath { Path = path, Language = language }] };
            if (index is not null)
                c.IndexingPolicy.FullTextIndexes.Add(new FullTextIndexPath { Path = index });
        }).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT FullTextScore(c.text, 'x') FROM c", "SC2240")]
    [InlineData("SELECT * FROM c ORDER BY RANK RRF(FullTextScore(c.text, 'x'))", "SC2233")]
    [InlineData("SELECT * FROM c ORDER BY RANK RRF(FullTextScore(c.text, 'x'), ABS(1))", "SC2221")]
    [InlineData("SELECT * FROM c ORDER BY RANK RRF(FullTextScore(c.text, 'x'), FullTextScore(c.text, 'y'), [1])", "SC2229")]
    [InlineData("SELECT * FROM c ORDER BY RANK FullTextScore(c.text, ['x'])", "SC2241")]
    [InlineData("SELECT DISTINCT c.id FROM c ORDER BY RANK FullTextScore(c.text, 'x')", "SC2220")]
    public async Task Queries_that_Azure_refuses_are_refused(string query, string code)
    {
        foreach (var server in new[] { servers.One, servers.Three })
        {
            var container = await server.ContainerAsync();
            var failure = await container.QueryAsync<object>(query, new QueryRequestOptions { EnableOptimisticDirectExecution = server == servers.Three }).FailsAsync(HttpStatusCode.BadRequest);
            Assert.Contains(code, failure.Message, StringComparison.Ordinal);
            await container.DeleteContainerAsync();
        }
    }

    private Task<Container> ContainerAsync(int partitions, bool indexed) => (partitions == 1 ? servers.One : servers.Three).ContainerAsync(c =>
    {
        if (!indexed)
            return;
        c.FullTextPolicy = new FullTextPolicy { DefaultLanguage = "en-US", FullTextPaths = [new FullTextPath { Path = "/text" }, new FullTextPath { Path = "/title", Language = "en-US" }] };
        c.IndexingPolicy.FullTextIndexes.Add(new FullTextIndexPath { Path = "/text" });
        c.IndexingPolicy.FullTextIndexes.Add(new FullTextIndexPath { Path = "/title" });
    });

    private static async Task<List<Story>> FillAsync(Container container)
    {
        var random = new Random(11);
        string Text(int most) => string.Join(' ', Enumerable.Range(0, random.Next(1, most)).Select(_ => Words[random.Next(Words.Length)]));
        var stories = Enumerable.Range(0, Count)
            .Select(i => new Story($"s{i:00}", $"k{i % 11}", i % 13 == 0 ? null : Text(30), Text(5), [random.Next(-40, 40) + 0.5, random.Next(-40, 40) + 0.25])).ToList();
        foreach (var story in stories)
            await container.CreateItemAsync(story);
        return stories;
    }

    // This client gives equal scores different ranks, in no order: so there are none.
    private static async Task<List<Story>> FillWithoutTiesAsync(Container container)
    {
        var random = new Random(5);
        string Text(string word, int fillers) => word + string.Concat(Enumerable.Repeat(" grove", fillers));
        var stories = Enumerable.Range(0, Distinct)
            .Select(i => new Story($"s{i:00}", $"k{i % 7}", Text("amber", i * 7 % Distinct), Text("birch", i * 11 % Distinct), [random.Next(-900, 900) + 0.5, random.Next(-900, 900) + 0.25]))
            .ToList();
        foreach (var story in stories)
            await container.CreateItemAsync(story);
        return stories;
    }

    /// <summary>The rows are so many items, and what they score descends as that of the best ones does: items that score the same may change places.</summary>
    private static async Task AssertOrderAsync(
        Container container, List<Story> stories, string query, int most, Func<Story, double> score, Func<Story, bool>? filter = null, int skip = 0)
    {
        var byId = stories.ToDictionary(s => s.Id);
        var expected = stories.Where(filter ?? (_ => true)).Select(score).OrderDescending().Skip(skip).Take(most).Select(s => Math.Round(s, 9));
        foreach (var options in new QueryRequestOptions[] { new(), new() { MaxItemCount = 4 }, new() { EnableOptimisticDirectExecution = false } })
        {
            var rows = await container.QueryAsync<string>(query, options);
            Assert.Equal(rows.Count, rows.Distinct().Count());
            Assert.Equal(expected, rows.Select(id => Math.Round(score(byId[id]), 9)));
        }
    }

    // Worked out anew from the formula: k₁ = 1.2, b = 0.75. Who has no text comes last.
    private static Func<Story, double> Score(List<Story> stories, Func<Story, string?> read, params string[] terms)
    {
        var average = stories.Sum(s => Length(read(s))) / (double)stories.Count;
        return story => read(story) is not { } text ? -1 : terms.Sum(term =>
        {
            var n = stories.Count(s => Occurrences(read(s), term) > 0);
            double tf = Occurrences(text, term);
            return Math.Log(1 + ((stories.Count - n + 0.5) / (n + 0.5))) * tf * 2.2 / (tf + (1.2 * (0.25 + (0.75 * Length(text) / average))));
        });
    }

    private static Func<Story, double> Fuse(List<Story> stories, params (Func<Story, double> Score, double Weight)[] scores)
    {
        var fused = stories.ToDictionary(s => s.Id, _ => 0.0);
        foreach (var (score, weight) in scores)
        {
            // Who has no text comes last also where the worst come first.
            double Value(Story s) => weight >= 0 ? score(s) : score(s) == -1 ? double.MinValue : -score(s);
            var ranks = stories.Select(Value).Distinct().OrderDescending().Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => pair.i + 1);
            foreach (var story in stories)
                fused[story.Id] += Math.Abs(weight) / (60 + ranks[Value(story)]);
        }

        return story => fused[story.Id];
    }

    private static int Length(string? text) => text?.Split(' ').Length ?? 0;

    private static int Occurrences(string? text, string word) => text?.Split(' ').Count(other => other == word) ?? 0;
}
