using System.Text.Json;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Query.Syntax;
using Geode.TestKit;

namespace Geode.Backplane.Tests.Query.Planning;

/// <summary>The planner and the SDK's own agree on every query of the corpus, except on those that the documentation lists.</summary>
public sealed class OracleAgreementTests
{
    [OracleFact]
    public void Plans_ranges_and_error_codes_are_those_of_the_SDK()
    {
        using var oracle = new QueryOracle();
        Assert.True(CorpusQuery.All.Count >= 2_000, "the corpus has shrunk");

        var differing = new Dictionary<string, string>();
        foreach (var query in CorpusQuery.All)
        {
            var expected = PlanText.Of(oracle.Plan(query.Body, Definition(query)));
            var actual = PlanText.Of(Plan(query));
            if (actual != expected) differing[query.Line] = $"{query.Line}\nexpected {expected}\n     got {actual}\n";
        }

        var documented = Documented();
        Assert.NotEmpty(documented);
        string[] undocumented = [.. differing.Where(difference => !documented.Contains(difference.Key)).Select(difference => difference.Value)];
        string[] unfounded = [.. documented.Where(line => !differing.ContainsKey(line))];
        Assert.True(undocumented.Length == 0, string.Join('\n', undocumented));
        Assert.Empty(unfounded);
    }

    [OracleFact]
    public void Plans_for_clients_that_fuse_ranks_from_scores_alone_are_those_of_the_SDK()
    {
        using var oracle = new QueryOracle();
        var documented = Documented();
        var ranked = CorpusQuery.All.Where(query => query.Text?.Contains(" RANK ", StringComparison.Ordinal) == true && !documented.Contains(query.Line)).ToList();
        Assert.True(ranked.Count >= 50, "the corpus has shrunk");
        Assert.All(ranked, query =>
            Assert.Equal(PlanText.Of(oracle.Plan(query.Body, Definition(query), fusesPlainly: true)), PlanText.Of(Plan(query, QueryFeatures.All))));
    }

    [OracleFact]
    public void Errors_say_the_same_in_the_same_place()
    {
        using var oracle = new QueryOracle();
        string[] queries =
        [
            "SELECT foo( FROM c", "SELECT", "SELECT c.a;", "SELECT 1e FROM c", "SELECT 'a FROM c", "SELECT * WHERE true", "SELECT x FROM c",
            "SELECT foo(c.a) FROM c", "SELECT ABS() FROM c", "SELECT ABS(1, 2) FROM c", "SELECT ROUND(1, 2, 3) FROM c", "SELECT CONCAT('a') FROM c",
            "SELECT c.a, c.a FROM c", "SELECT c.a, 1 AS a FROM c", "SELECT {'a': 1, 'a': 2} FROM c", "SELECT * FROM c JOIN t IN c.x",
            "SELECT * FROM c GROUP BY c.a", "SELECT c.a, c.b FROM c GROUP BY c.a", "SELECT c.a FROM c GROUP BY c.a ORDER BY c.b",
            "SELECT c.a FROM c GROUP BY 1", "SELECT COUNT(MAX(c.a)) FROM c", "SELECT c.a FROM c WHERE MAX(c.a) = 1", "SELECT TOP 1.5 * FROM c",
            "SELECT * FROM c OFFSET 4294967296 LIMIT 4294967296", "SELECT TOP 1 * FROM c OFFSET 0 LIMIT 1", "SELECT (SELECT VALUE t FROM t IN c.x) FROM c",
            "SELECT ARRAY(SELECT TOP 1 VALUE 1) FROM c", "SELECT ARRAY(SELECT VALUE 1 ORDER BY 1) FROM c", "SELECT ARRAY(SELECT VALUE 1 OFFSET 0 LIMIT 1) FROM c",
            "SELECT c.a FROM c ORDER BY c.a + 1", "SELECT c.a FROM c WHERE c.a LIKE 'a' ESCAPE 'ab'", "SELECT c[c.a] FROM c", "SELECT MAX(c.a) + 1 FROM c",
            "SELECT c.a FROM c JOIN a IN c.x JOIN b IN c.x JOIN d IN c.x JOIN e IN c.x JOIN f IN c.x JOIN g IN c.x JOIN h IN c.x JOIN i IN c.x JOIN j IN c.x JOIN k IN c.x JOIN l IN c.x",
            "SELECT udf.a(), udf.a(), udf.a(), udf.a(), udf.a(), udf.a(), udf.a(), udf.a(), udf.a(), udf.a(), udf.a() FROM c",
            "SELECT c.a FROM c JOIN t IN c.x JOIN t IN c.y", "SELECT a.b FROM c WHERE x.y = foo() ORDER BY z.w",
        ];
        Assert.All(queries, text =>
        {
            var query = new CorpusQuery(text, "Hash", ["/pk"]);
            Assert.Equal(oracle.Plan(query.Body, Definition(query)), Plan(query));
        });
    }

    private static HashSet<string> Documented() =>
        [.. MarkdownFile.Named("query-differences.md").Blocks("sql").Select(block => block.TrimEnd('\n'))];

    private static string Plan(CorpusQuery query, QueryFeatures supported = QueryFeatures.All & ~QueryFeatures.HybridSearchSkipOrderByRewrite)
    {
        try
        {
            using var body = JsonDocument.Parse(query.Body);
            return QueryPlanner.PlanJson(body.RootElement, query.PartitionKey, supported: supported);
        }
        catch (SqlQueryException e)
        {
            return SqlErrors.ToJson(e.Errors);
        }
    }

    private static string Definition(CorpusQuery query) => JsonSerializer.Serialize(new
    {
        paths = query.Paths,
        kind = query.Kind == "MultiHash" ? "MultiHash" : "Hash",
        version = query.Kind == "HashV1" ? 1 : 2,
    });
}
