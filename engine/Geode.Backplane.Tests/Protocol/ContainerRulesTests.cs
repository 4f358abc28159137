using System.Text;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol;

namespace Geode.Backplane.Tests.Protocol;

public sealed class ContainerRulesTests
{
    private const string Key = """ "partitionKey":{"paths":["/pk"],"version":2} """;

    [Theory]
    [InlineData(""" "x":1 """, "'partitionKey' with its 'paths' is missing")]
    [InlineData(""" "partitionKey":{"paths":[]} """, "1 to 1 paths")]
    [InlineData(""" "partitionKey":{"paths":["/a","/b"]} """, "1 to 1 paths")]
    [InlineData(""" "partitionKey":{"kind":"MultiHash","paths":["/a","/b","/c","/d"]} """, "1 to 3 paths")]
    [InlineData(""" "partitionKey":{"kind":"MultiHash","paths":["/a","/a"]} """, "must differ")]
    [InlineData(""" "partitionKey":{"kind":"Range","paths":["/a"]} """, "Hash or MultiHash")]
    [InlineData(""" "partitionKey":{"paths":["pk"]} """, "could not be accepted")]
    [InlineData(""" "partitionKey":{"paths":["/pk/"]} """, "could not be accepted")]
    [InlineData(""" "partitionKey":{"paths":["/pk/*"]} """, "could not be accepted")]
    [InlineData(""" "partitionKey":{"paths":["/pk"],"version":3} """, "1 or 2")]
    [InlineData(""" "partitionKey":{"paths":["/pk"],"version":"2"} """, "1 or 2")]
    [InlineData(""" "partitionKey":{"paths":["/pk"],"version":1.5} """, "1 or 2")]
    [InlineData(""" "partitionKey":{"paths":["/pk"],"kind":5} """, "'kind' must be a string")]
    [InlineData(""" "partitionKey":{"paths":[5]} """, "could not be accepted")]
    [InlineData(Key + """,  "defaultTtl":0 """, "-1 or a positive integer")]
    [InlineData(Key + """,  "defaultTtl":2147483648 """, "-1 or a positive integer")]
    [InlineData(Key + """,  "ttlPropertyPath":"/from" """, "needs a defaultTtl")]
    [InlineData(Key + """,  "defaultTtl":5,"ttlPropertyPath":"from" """, "is not a path")]
    [InlineData(Key + """,  "defaultTtl":5,"ttlPropertyPath":7 """, "is not a path")]
    [InlineData(Key + """,  "uniqueKeyPolicy":{"uniqueKeys":{}} """, "at most 10")]
    [InlineData(Key + """,  "uniqueKeyPolicy":{"uniqueKeys":[{"paths":[]}]} """, "1 to 16")]
    [InlineData(Key + """,  "uniqueKeyPolicy":{"uniqueKeys":[5]} """, "1 to 16")]
    [InlineData(Key + """,  "uniqueKeyPolicy":{"uniqueKeys":[{"paths":[5]}]} """, "is not a path")]
    [InlineData(Key + """,  "conflictResolutionPolicy":{"mode":5} """, "'mode' must be a string")]
    [InlineData(Key + """,  "conflictResolutionPolicy":{"conflictResolutionPath":5} """, "'conflictResolutionPath' must be a string")]
    [InlineData(Key + """,  "geospatialConfig":{"type":"Sphere"} """, "Geography or Geometry")]
    [InlineData(Key + """,  "geospatialConfig":1 """, "must be an object")]
    [InlineData(Key + """,  "conflictResolutionPolicy":{"mode":"First"} """, "LastWriterWins or Custom")]
    [InlineData(Key + """,  "conflictResolutionPolicy":{"conflictResolutionPath":"x"} """, "is not a path")]
    public void A_definition_that_means_nothing_is_refused(string members, string error) =>
        Assert.Contains(error, Refusal(() => Complete(members)).Message, StringComparison.Ordinal);

    [Fact]
    public void There_are_at_most_so_many_unique_keys()
    {
        var eleven = string.Join(',', Enumerable.Range(0, 11).Select(i => $$"""{"paths":["/p{{i}}"]}"""));
        var seventeen = string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"/p{i}\""));
        Assert.Contains("at most 10", Refusal(() => Complete($$"""{{Key}},"uniqueKeyPolicy":{"uniqueKeys":[{{eleven}}]}""")).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 16", Refusal(() => Complete($$"""{{Key}},"uniqueKeyPolicy":{"uniqueKeys":[{"paths":[{{seventeen}}]}]}""")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT c.a FROM c", "SELECT VALUE expression FROM c")]
    [InlineData("SELECT VALUE 1", "SELECT VALUE expression FROM c")]
    [InlineData("SELECT VALUE c.a FROM c WHERE c.a > 1", "SELECT VALUE expression FROM c")]
    [InlineData("SELECT TOP 1 VALUE c.a FROM c", "SELECT VALUE expression FROM c")]
    [InlineData("SELECT DISTINCT VALUE c.a FROM c", "SELECT VALUE expression FROM c")]
    [InlineData("SELECT VALUE c.a FROM c ORDER BY c.a", "SELECT VALUE expression FROM c")]
    [InlineData("SELECT VALUE c.a FROM c OFFSET 0 LIMIT 1", "SELECT VALUE expression FROM c")]
    [InlineData("SELECT VALUE t FROM c JOIN t IN c.tags", "SELECT VALUE expression FROM c")]
    [InlineData("SELECT VALUE t FROM t IN c.tags", "SELECT VALUE expression FROM c")]
    [InlineData("SELECT VALUE COUNT(1) FROM c", "follow from its item alone")]
    [InlineData("SELECT VALUE udf.f(c.a) FROM c", "follow from its item alone")]
    [InlineData("SELECT VALUE ST_DISTANCE(c.a, c.b) FROM c", "follow from its item alone")]
    [InlineData("SELECT VALUE GetCurrentTimestamp() FROM c", "follow from its item alone")]
    [InlineData("SELECT VALUE RAND() FROM c", "follow from its item alone")]
    [InlineData("SELECT VALUE EXISTS(SELECT VALUE t FROM t IN c.tags) FROM c", "follow from its item alone")]
    [InlineData("SELECT VALUE FROM c", "1001")]
    [InlineData("SELECT VALUE x.a FROM c", "2001")]
    [InlineData("SELECT VALUE NoSuch(c.a) FROM c", "2005")]
    public void A_computed_property_follows_from_its_item_alone(string query, string error) => Assert.Contains(
        error, Refusal(() => Complete($$"""{{Key}},"computedProperties":[{"name":"p","query":"{{query}}"}]""")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"name":"a","query":"SELECT VALUE c.a FROM c"},{"name":"a","query":"SELECT VALUE c.b FROM c"}""", "Computed property name 'a' cannot be used in multiple definitions.")]
    [InlineData("""{"query":"SELECT VALUE c.a FROM c"}""", "One of the specified inputs is invalid")]
    [InlineData("""{"name":"a"}""", "One of the specified inputs is invalid")]
    [InlineData("""{"name":"","query":"SELECT VALUE c.a FROM c"}""", "Computed property 'name' is either empty or unspecified.")]
    [InlineData("""{"name":"a","query":""}""", "Computed property 'query' is either empty or unspecified.")]
    [InlineData("""{"name":"id","query":"SELECT VALUE c.a FROM c"}""", "The system property name 'id' cannot be used as a computed property name.")]
    [InlineData("""{"name":"place","query":"SELECT VALUE c.a FROM c"}""", "Computed property 'place' at index (0) has a spatial index. Remove the spatial index on this path.")]
    [InlineData("""{"name":"a","query":"SELECT c.a FROM c"}""", "Required VALUE expression missing from computed property query 'SELECT c.a FROM c' at index (0).")]
    public void Computed_properties_are_refused_in_the_words_that_clients_know(string properties, string error) => Assert.Contains(
        $"Message: {{\"Errors\":[\"{error}\"]}}",
        Refusal(() => Complete($$"""{{Key}},"computedProperties":[{{properties}}],"indexingPolicy":{"spatialIndexes":[{"path":"/place/*","types":["Point"]}]}""")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("SELECT VALUE LOWER(c.name) FROM c")]
    [InlineData("SELECT VALUE (c.price * 0.2) FROM products c")]
    [InlineData("SELECT VALUE IS_DEFINED(c.lastName) ? c.lastName : c.parents[0].familyName FROM root c")]
    [InlineData("SELECT VALUE DateTimePart('m', TimestampToDateTime(c._ts*1000)) FROM c")]
    public void What_the_documentation_computes_is_taken(string query) =>
        Complete($$"""{{Key}},"computedProperties":[{"name":"p","query":"{{query}}"}]""");

    [Theory]
    [InlineData(""" "partitionKey":{"paths":["/other"],"version":2} """, "partition key")]
    [InlineData(""" "partitionKey":{"paths":["/pk"]} """, "partition key")]
    [InlineData(""" "partitionKey":{"paths":["/pk"],"kind":"MultiHash","version":2} """, "partition key")]
    [InlineData(Key + """, "uniqueKeyPolicy":{"uniqueKeys":[{"paths":["/a"]}]} """, "unique keys")]
    [InlineData(Key + """, "conflictResolutionPolicy":{"mode":"Custom"} """, "conflict resolution policy")]
    [InlineData(Key + """, "conflictResolutionPolicy":{"conflictResolutionPath":"/v"} """, "conflict resolution policy")]
    public void What_a_container_is_cannot_be_changed(string members, string error) =>
        Assert.Contains(error, Refusal(() => ContainerRules.CheckChange(Complete(Key), Complete(members))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Key + """, "defaultTtl":5 """)]
    [InlineData(Key + """, "indexingPolicy":{"indexingMode":"none"} """)]
    [InlineData(Key + """, "computedProperties":[{"name":"p","query":"SELECT VALUE c.a FROM c"}] """)]
    [InlineData(Key + """, "uniqueKeyPolicy":{"uniqueKeys":[]} """)]
    public void The_rest_can(string members) => ContainerRules.CheckChange(Complete(Key), Complete(members));

    private static ProtocolException Refusal(Action action)
    {
        var refusal = Assert.Throws<ProtocolException>(action);
        Assert.Equal(400, refusal.Status);
        return refusal;
    }

    private static JsonObject Complete(string members) => ContainerRules.Complete(Encoding.UTF8.GetBytes($$"""{"id":"c",{{members}}}"""));
}
