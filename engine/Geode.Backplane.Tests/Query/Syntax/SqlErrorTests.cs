using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Syntax;

public sealed class SqlErrorTests
{
    [Theory]
    [InlineData("SELECT foo( FROM c", "SC1001", 12, 16, "Syntax error, incorrect syntax near 'FROM'.")]
    [InlineData("SELECT", "SC1002", 6, 6, "Syntax error, unexpected end-of-file.")]
    [InlineData("SELECT 1;", "SC1010", 8, 9, "Syntax error, invalid token ';'.")]
    [InlineData("SELECT 1a", "SC1011", 7, 9, "Syntax error, invalid numeric value token '1a'.")]
    [InlineData("SELECT 1e309", "SC1011", 7, 12, "Syntax error, invalid numeric value token '1e309'.")]
    [InlineData("SELECT \"a", "SC1012", 7, 9, "Syntax error, invalid string literal token '\"a'.")]
    [InlineData("SELECT '\\u12'", "SC1012", 7, 13, "Syntax error, invalid string literal token ''\\u12''.")]
    [InlineData("SELECT * WHERE true", "SC1021", 7, 8, "Syntax error, 'SELECT *' is not valid if FROM clause is omitted.")]
    [InlineData("SELECT c.value FROM c", "SC1001", 9, 14, "Syntax error, incorrect syntax near 'value'.")]
    [InlineData("SELECT * FROM c WHERE c.a BETWEEN 1 AND 2 AND c.b", "SC1001", 42, 45, "Syntax error, incorrect syntax near 'AND'.")]
    public void A_syntax_error_has_its_code_place_and_words(string query, string code, int start, int end, string message)
    {
        var error = Assert.Single(Assert.Throws<SqlQueryException>(() => SqlParser.Parse(query)).Errors);
        Assert.Equal(new SqlError(code, message, new SourceSpan(start, end)), error);
    }

    [Fact]
    public void Errors_are_written_as_Cosmos_DB_writes_them()
    {
        var error = Assert.Throws<SqlQueryException>(() => SqlParser.Parse("SELECT 'it''s' x y"));
        Assert.Equal(
            """{"errors":[{"severity":"Error","location":{"start":15,"end":16},"code":"SC1001","message":"Syntax error, incorrect syntax near 'x'."}]}""",
            SqlErrors.ToJson(error.Errors));
        Assert.Equal(
            """{"errors":[{"severity":"Error","code":2206,"message":"m"}]}""",
            SqlErrors.ToJson([new SqlError("2206", "m", null)]));
    }

    [Fact]
    public void A_text_may_be_half_a_megabyte()
    {
        var start = "SELECT '";
        SqlParser.Parse(start + new string('x', SqlParser.MaxQueryLength - start.Length - 1) + "'");
        var error = Assert.Throws<SqlQueryException>(() => SqlParser.Parse(start + new string('x', SqlParser.MaxQueryLength) + "'"));
        Assert.Equal("SC3020", Assert.Single(error.Errors).Code);
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "", "]")]
    [InlineData("{\"a\":", "1", "}")]
    [InlineData("ABS(", "1", ")")]
    [InlineData("- ", "c", "")]
    [InlineData("NOT ", "c", "")]
    [InlineData("a ?? ", "1", "")]
    [InlineData("a ? 1 : ", "2", "")]
    [InlineData("(SELECT VALUE ", "1", ")")]
    [InlineData("ARRAY(SELECT VALUE ", "1", ")")]
    [InlineData("c[", "0", "]")]
    public void Nesting_without_end_is_refused_and_not_followed(string open, string middle, string close)
    {
        var some = SqlParser.MaxNesting / 4;
        Deep(Repeat(open, some) + middle + Repeat(close, some));

        var error = Assert.Throws<SqlQueryException>(() => Deep(Repeat(open, 20_000) + middle + Repeat(close, 20_000)));
        Assert.Equal("SC1030", Assert.Single(error.Errors).Code);
    }

    [Theory]
    [InlineData(" AND ")]
    [InlineData(" OR ")]
    [InlineData(" + ")]
    [InlineData(" = ")]
    public void Long_chains_pass_to_a_limit(string operation)
    {
        Deep(string.Join(operation, Enumerable.Repeat("c.a", 2_000)));
        var error = Assert.Throws<SqlQueryException>(() => Deep(string.Join(operation, Enumerable.Repeat("c.a", 100_000 / operation.Length))));
        Assert.Equal("SC1030", Assert.Single(error.Errors).Code);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    // On a thread with a stack as small as any that a server gives a request, through all that walks a tree.
    private static void Deep(string expression)
    {
        Exception? failure = null;
        var thread = new Thread(
            () => failure = Record.Exception(() =>
            {
                var query = SqlParser.Parse("SELECT VALUE " + expression + " FROM c");
                Assert.Equal(query, SqlParser.Parse(SqlWriter.Write(query)));
            }),
            maxStackSize: 3 << 19);
        thread.Start();
        thread.Join();
        if (failure is not null) throw failure;
    }
}
