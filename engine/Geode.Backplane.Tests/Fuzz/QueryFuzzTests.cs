using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Geode.Backplane.Tests.Query.Planning;

namespace Geode.Backplane.Tests.Fuzz;

/// <summary>Queries put together from the words of sound ones: planned and run, they are answered or refused.</summary>
public sealed partial class QueryFuzzTests(FuzzServer server) : IClassFixture<FuzzServer>
{
    [Fact]
    public async Task No_query_breaks_the_server()
    {
        string[][] sound = [.. CorpusQuery.All.Select(q => q.Text).OfType<string>().Where(t => t.Length < 2_000).Select(t => Words().Matches(t).Select(m => m.Value).ToArray())];
        string[] words = [.. sound.SelectMany(q => q).Distinct()];
        var random = new Random(FuzzRuns.Seed);
        var answered = 0;
        for (var i = 0; i < FuzzRuns.Count; i++)
        {
            var query = Mutate(random, sound, words);
            var body = JsonSerializer.SerializeToUtf8Bytes(new { query });
            var headers = new Dictionary<string, string>
            {
                ["x-ms-documentdb-isquery"] = "True",
                ["x-ms-documentdb-partitionkeyrangeid"] = "0",
                ["x-ms-max-item-count"] = "10",
            };
            if (i % 2 == 0)
            {
                headers["x-ms-cosmos-is-query-plan-request"] = "True";
                headers["x-ms-cosmos-supported-query-features"] = "Aggregate, CompositeAggregate, Distinct, GroupBy, MultipleAggregates, MultipleOrderBy, OffsetAndLimit, OrderBy, Top, NonValueAggregate, DCount";
            }

            var status = await server.SendAsync(new FuzzRequest("POST", "/dbs/fuzz/colls/c/docs", headers, body));
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{status} to {query}");
            answered += status == HttpStatusCode.OK ? 1 : 0;
        }

        Assert.InRange(answered, FuzzRuns.Count / 20, FuzzRuns.Count);
    }

    private static string Mutate(Random random, string[][] sound, string[] words)
    {
        var query = sound[random.Next(sound.Length)].ToList();
        for (var steps = random.Next(0, 4); steps > 0 && query.Count > 0; steps--)
        {
            var at = random.Next(query.Count);
            switch (random.Next(5))
            {
                case 0:
                    query.RemoveAt(at);
                    break;
                case 1:
                    query.Insert(at, words[random.Next(words.Length)]);
                    break;
                case 2:
                    query[at] = words[random.Next(words.Length)];
                    break;
                case 3:
                    var other = sound[random.Next(sound.Length)];
                    query = [.. query[..at], .. other[random.Next(other.Length)..]];
                    break;
                default:
                    query.Insert(at, query[random.Next(query.Count)]);
                    break;
            }
        }

        var text = new StringBuilder();
        foreach (var word in query)
            text.Append(word).Append(' ');
        return text.ToString();
    }

    [GeneratedRegex("""'[^']*'|"[^"]*"|@?\w+|\.\w+|[^\s\w]""")]
    private static partial Regex Words();
}
