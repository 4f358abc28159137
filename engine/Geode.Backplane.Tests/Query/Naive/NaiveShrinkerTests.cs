namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>What is printed when the two differ is as small as it can be made a step at a time.</summary>
public sealed class NaiveShrinkerTests
{
    [Fact]
    public void Leaves_what_the_failure_needs()
    {
        var whole = new NaiveCase(
            ["""{"id":"d00","pk":"k0","b":1}""", """{"id":"d01","pk":"k0","tags":[1,2,3],"s":"a"}""", """{"id":"d02","pk":"k1"}"""],
            "SELECT DISTINCT c.id, (SELECT VALUE MAX(t + 1) FROM t IN c.tags WHERE t > 1 AND c.s = 'a') AS n FROM c JOIN x IN c.tags WHERE c.pk = 'k0' ORDER BY c.id");

        var small = NaiveShrinker.Shrink(whole, one =>
            NaiveWorld.IsSound(one.Query) && one.Query.Contains("MAX(", StringComparison.Ordinal)
            && one.Documents.Any(document => document.Contains("tags", StringComparison.Ordinal)));

        Assert.Equal("""{"id":"d01","pk":"k0","tags":[]}""", Assert.Single(small.Documents));
        Assert.Equal("SELECT ( SELECT VALUE MAX(true) FROM t IN c.tags ) AS n FROM c", small.Query);
    }
}
