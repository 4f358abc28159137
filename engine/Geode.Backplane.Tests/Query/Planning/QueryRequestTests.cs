using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Planning;

public sealed class QueryRequestTests
{
    private static readonly PartitionKeyDefinition ByPk = PartitionKeyDefinition.Of(PartitionKeyScheme.HashV2, "/pk");

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"query":1}""")]
    [InlineData("""{"query":"SELECT 1","parameters":{}}""")]
    [InlineData("""{"query":"SELECT 1","parameters":[1]}""")]
    [InlineData("""{"query":"SELECT 1","parameters":[{"value":1}]}""")]
    public void A_body_of_another_form_is_refused(string body) => Assert.Equal("One of the specified inputs is invalid", Refusal(body));

    [Theory]
    [InlineData("p")]
    [InlineData("@")]
    [InlineData("@1")]
    [InlineData("@a b")]
    [InlineData("")]
    public void A_parameter_needs_a_name(string name) =>
        Assert.StartsWith($"Invalid query. Specified parameter name '{name}' is invalid.", Refusal(Body(name)));

    [Fact]
    public void A_parameter_is_given_once() => Assert.Equal("Invalid query. Specified duplicate parameter name '@p'.", Refusal(Body("@p", "@p")));

    [Fact]
    public void Errors_without_a_code_have_a_form_of_their_own()
    {
        var error = Assert.Throws<SqlQueryException>(() => Read(Body("@p", "@p")));
        Assert.Equal("""{"Errors":["Invalid query. Specified duplicate parameter name '@p'."]}""", SqlErrors.ToJson(error.Errors));
    }

    [Theory]
    [InlineData("SELECT * FROM c ORDER BY c.a, c.b", QueryFeatures.OrderBy | QueryFeatures.MultipleOrderBy)]
    [InlineData("SELECT DISTINCT TOP 1 c.a FROM c", QueryFeatures.Distinct | QueryFeatures.Top)]
    [InlineData("SELECT VALUE COUNTIF(c.a) FROM c", QueryFeatures.Aggregate | QueryFeatures.CountIf)]
    [InlineData("SELECT c.k, SUM(c.a) AS s, MAKESET(c.b) AS t FROM c GROUP BY c.k",
        QueryFeatures.GroupBy | QueryFeatures.NonValueAggregate | QueryFeatures.MultipleAggregates | QueryFeatures.ListAndSetAggregate)]
    [InlineData("SELECT * FROM c OFFSET 1 LIMIT 1", QueryFeatures.OffsetAndLimit)]
    [InlineData("SELECT * FROM c", QueryFeatures.None)]
    public void A_client_must_know_what_the_plan_leaves_to_it(string query, QueryFeatures needed)
    {
        using var body = JsonDocument.Parse(JsonSerializer.Serialize(new { query }));
        QueryPlanner.PlanJson(body.RootElement, ByPk, supported: needed);

        foreach (var feature in Enum.GetValues<QueryFeatures>().Where(feature => feature != QueryFeatures.All && feature != QueryFeatures.None && needed.HasFlag(feature)))
        {
            var error = Assert.Throws<SqlQueryException>(() => QueryPlanner.PlanJson(body.RootElement, ByPk, supported: needed & ~feature));
            Assert.Contains($"does not support: {feature}.", error.Message);
        }
    }

    [Fact]
    public void Features_are_read_from_the_header() => Assert.Equal(
        QueryFeatures.OrderBy | QueryFeatures.Top, QueryFeatureCheck.Parse("OrderBy, Top, FeatureOfTheFuture"));

    private static string Body(params string[] names) =>
        JsonSerializer.Serialize(new { query = "SELECT 1", parameters = names.Select(name => new { name, value = 1 }) });

    private static string Refusal(string body) => Assert.Throws<SqlQueryException>(() => Read(body)).Message;

    private static QueryRequest Read(string body)
    {
        using var json = JsonDocument.Parse(body);
        return QueryRequest.Read(json.RootElement);
    }
}
