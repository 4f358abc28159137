namespace Geode.Backplane.Tests.Query.Execution.Aggregation;

/// <summary>Aggregates in subqueries, over nothing above all: the row around them stays as it is.</summary>
public sealed class GroupingTests
{
    private static readonly TestDocuments Notes = TestDocuments.Of("""
        [
          {"id":"e","tags":[],"name":"empty"},
          {"id":"f","tags":[1,2,2],"name":"full"},
          {"id":"m","name":"missing"}
        ]
        """);

    [Theory]
    [InlineData(
        "SELECT c.id, (SELECT VALUE COUNT(1) FROM t IN c.tags) AS n, c.name FROM c",
        """{"id":"e","n":0,"name":"empty"} {"id":"f","n":3,"name":"full"} {"id":"m","n":0,"name":"missing"}""")]
    [InlineData(
        "SELECT c.id, (SELECT MAX(t) AS most, SUM(t) AS sum FROM t IN c.tags) AS all, c.name FROM c WHERE c.id != 'm'",
        """{"id":"e","all":{"sum":0},"name":"empty"} {"id":"f","all":{"most":2,"sum":5},"name":"full"}""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE (SELECT VALUE COUNT(1) FROM t IN c.tags) = 0", "\"e\" \"m\"")]
    [InlineData("SELECT VALUE [n, c.id] FROM c JOIN (SELECT VALUE COUNT(1) FROM t IN c.tags) AS n", "[0,\"e\"] [3,\"f\"] [0,\"m\"]")]
    [InlineData("SELECT VALUE [n, c.id] FROM c JOIN n IN (SELECT VALUE [COUNT(1)] FROM t IN c.tags)", "[0,\"e\"] [3,\"f\"] [0,\"m\"]")]
    [InlineData("SELECT VALUE [n, c.id] FROM c JOIN n IN (SELECT VALUE COUNT(1) FROM t IN c.tags)", "")]
    [InlineData("SELECT VALUE [ARRAY(SELECT VALUE COUNT(1) FROM t IN c.tags), c.id] FROM c", "[[0],\"e\"] [[3],\"f\"] [[0],\"m\"]")]
    [InlineData("SELECT VALUE [EXISTS(SELECT VALUE MAX(t) FROM t IN c.tags), c.id] FROM c", "[false,\"e\"] [true,\"f\"] [false,\"m\"]")]
    [InlineData("SELECT VALUE [FIRST(SELECT VALUE COUNT(1) FROM t IN c.tags), c.id] FROM c", "[0,\"e\"] [3,\"f\"] [0,\"m\"]")]
    [InlineData("SELECT VALUE [LAST(SELECT VALUE COUNT(1) FROM t IN c.tags), c.id] FROM c", "[0,\"e\"] [3,\"f\"] [0,\"m\"]")]
    [InlineData(
        "SELECT VALUE [ARRAY(SELECT t, COUNT(1) AS n FROM t IN c.tags GROUP BY t), c.id] FROM c",
        """[[],"e"] [[{"t":1,"n":1},{"t":2,"n":2}],"f"] [[],"m"]""")]
    [InlineData(
        "SELECT VALUE [ARRAY(SELECT VALUE [t, (SELECT VALUE COUNT(1) FROM u IN c.tags WHERE u > t)] FROM t IN c.tags), c.id] FROM c WHERE c.id = 'f'",
        """[[[1,2],[2,0],[2,0]],"f"]""")]
    [InlineData("SELECT c.id, SUM((SELECT VALUE COUNT(1) FROM t IN c.tags)) AS n FROM c GROUP BY c.id", """{"id":"e","n":0} {"id":"f","n":3} {"id":"m","n":0}""")]
    [InlineData("SELECT VALUE COUNT(1) FROM c JOIN (SELECT VALUE COUNT(1) FROM t IN c.tags) AS n WHERE c.name = 'empty' AND n = 0", "1")]
    public void Leaves_the_row_around_a_subquery(string query, string rows) => Assert.Equal(rows, string.Join(' ', Notes.Query(query)));

    [Fact]
    public void Leaves_the_row_around_a_computed_property()
    {
        var options = Computed.Of(("count", "SELECT VALUE (SELECT VALUE COUNT(1) FROM t IN p.tags) FROM p"));
        Assert.Equal(["[0,\"e\"]", "[0,\"m\"]"], Notes.Query("SELECT VALUE [c.count, c.id] FROM c WHERE c.count = 0", options: options));
    }
}
