using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Tests.Query.Execution;

public sealed class RowCountCapTests
{
    private static readonly TestDocuments Items = TestDocuments.Of("""[{"n":1},{"n":2},{"n":3}]""");

    [Theory]
    [InlineData("SELECT TOP 4294967295 VALUE c.n FROM c", "1,2,3")]
    [InlineData("SELECT VALUE c.n FROM c OFFSET 1 LIMIT 2147483648", "2,3")]
    [InlineData("SELECT VALUE c.n FROM c ORDER BY c.n DESC OFFSET 1 LIMIT 4294967295", "2,1")]
    [InlineData("SELECT VALUE c.n FROM c OFFSET 4294967295 LIMIT 4294967295", "")]
    [InlineData("SELECT VALUE c.n FROM c OFFSET @n LIMIT @n", "")]
    [InlineData("SELECT TOP @n VALUE c.n FROM c", "1,2,3")]
    public void Any_number_of_32_bits_is_taken(string query, string rows) =>
        Assert.Equal(rows, string.Join(',', Items.Query(query, QueryParameters.Of(("@n", SqlValue.From(4294967295L))), maxItems: 2)));

    [Theory]
    [InlineData("SELECT TOP 4294967296 VALUE c.n FROM c")]
    [InlineData("SELECT VALUE c.n FROM c OFFSET 0 LIMIT 4294967296")]
    public void What_is_no_such_number_is_refused(string query) => Assert.Throws<QueryException>(() => Items.Query(query));
}
