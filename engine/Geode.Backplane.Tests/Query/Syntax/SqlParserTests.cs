using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Syntax;

public sealed class SqlParserTests
{
    [Theory]
    [InlineData("a OR b AND c", "(a OR (b AND c))")]
    [InlineData("a = b OR c", "((a = b) OR c)")]
    [InlineData("NOT a = b", "((NOT a) = b)")]
    [InlineData("a = b << c", "((a = b) << c)")]
    [InlineData("a << b || c", "(a << (b || c))")]
    [InlineData("a || b + c", "(a || (b + c))")]
    [InlineData("a | b + c & d", "(((a | b) + c) & d)")]
    [InlineData("a + b * c % d", "(a + ((b * c) % d))")]
    [InlineData("a - b - c", "((a - b) - c)")]
    [InlineData("-a * b", "((- a) * b)")]
    [InlineData("a ?? b ?? c", "(a ?? (b ?? c))")]
    [InlineData("a ?? b ? c : d ? e : f", "((a ?? b) ? c : (d ? e : f))")]
    [InlineData("a + b IN (1, 2) AND c", "(((a + b) IN (1, 2)) AND c)")]
    [InlineData("a BETWEEN 1 + 1 AND 2 * 3", "(a BETWEEN (1 + 1) AND (2 * 3))")]
    [InlineData("a LIKE b || '%' ESCAPE '!'", "(a LIKE (b || \"%\") ESCAPE \"!\")")]
    [InlineData("a NOT IN (1)", "(a NOT  IN (1))")]
    [InlineData("-1 - -1", "(-1 - -1)")]
    [InlineData("- 1", "(- 1)")]
    [InlineData("a-1", "(a - 1)")]
    public void Operators_bind_as_in_Cosmos_DB(string expression, string written) => Assert.Equal(written, Expression(expression).ToString());

    [Theory]
    [InlineData("0x1F", 31)]
    [InlineData("1e3", 1000)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("007", 7)]
    [InlineData("-2.5E-1", -0.25)]
    [InlineData("1e-400", 0)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    public void Numbers_have_these_values(string text, double value) => Assert.Equal(value, Assert.IsType<SqlNumberLiteral>(Expression(text)).Value);

    [Fact]
    public void Integers_keep_64_bits()
    {
        Assert.Equal(9007199254740993, Assert.IsType<SqlNumberLiteral>(Expression("9007199254740993")).Integer);
        Assert.Equal(long.MinValue, Assert.IsType<SqlNumberLiteral>(Expression("-9223372036854775808")).Integer);
        Assert.Null(Assert.IsType<SqlNumberLiteral>(Expression("9223372036854775808")).Integer);
    }

    [Theory]
    [InlineData(@"'it\'s'", "it's")]
    [InlineData(@"""a\u0041\n\/\\""", "aA\n/\\")]
    [InlineData(@"'\x'", "x")]
    [InlineData(@"'\uD83D\uDE00'", "😀")]
    [InlineData(@"'\uD83D'", "\uFFFD")]
    [InlineData("'a\nb'", "a\nb")]
    public void Strings_have_these_values(string text, string value) => Assert.Equal(value, Assert.IsType<SqlStringLiteral>(Expression(text)).Value);

    [Fact]
    public void A_query_has_all_its_clauses()
    {
        var query = SqlParser.Parse(
            "select distinct top @n c.a as x, c.b y from root c join t in c.tags join (select value 1) as s where t > 1 group by c.a, c.b order by c.a desc, c.b");

        Assert.True(query.Select.Distinct);
        Assert.Equal(new SqlParameter("@n"), query.Select.Top);
        Assert.Equal(["x", "y"], Assert.IsType<SqlSelectList>(query.Select.Selection).Items.Select(item => item.Alias));
        Assert.Equal(["c", "t", "s"], query.From!.Sources.Select(source => source.BoundName));
        Assert.Equal(2, query.GroupBy!.Keys.Count);
        Assert.Equal([true, false], query.OrderBy!.Items.Select(item => item.Descending));
        Assert.NotNull(SqlParser.Parse("SELECT * FROM c OFFSET @o LIMIT 5").OffsetLimit);
    }

    [Fact]
    public void Literals_are_written_small_and_other_words_in_any_case()
    {
        Assert.IsType<SqlBooleanLiteral>(Expression("true"));
        Assert.IsType<SqlIdentifier>(Expression("TRUE"));
        Assert.IsType<SqlUndefinedLiteral>(Expression("undefined"));
        Assert.IsType<SqlIdentifier>(Expression("Null"));
        Assert.IsType<SqlFunctionCall>(Expression("Left(a, 1)"));
    }

    [Fact]
    public void Paths_remember_how_they_were_written()
    {
        Assert.Equal("c.a[\"b\"][0][@p]", Expression("c . a['b'][0][@p]").ToString());
        Assert.Equal(new SqlMember(new SqlIdentifier("c"), "a", Bracketed: true), Expression("c['a']"));
    }

    [Fact]
    public void ALL_means_that_none_breaks_the_condition() =>
        Assert.Equal(Expression("NOT EXISTS(SELECT VALUE t FROM t IN c.x WHERE NOT (t > 1))"), Expression("ALL(SELECT VALUE t FROM t IN c.x WHERE t > 1)"));

    [Fact]
    public void Nodes_know_their_place_but_compare_without_it()
    {
        var spaced = Expression("  c.a  +  1");
        Assert.Equal(new SourceSpan(15, 24), spaced.Span);
        Assert.Equal(Expression("c.a+1"), spaced);
        Assert.Equal(Expression("c.a+1").GetHashCode(), spaced.GetHashCode());
    }

    [Fact]
    public void Comments_run_to_the_end_of_the_line() =>
        Assert.Equal(SqlParser.Parse("SELECT c.a FROM c"), SqlParser.Parse("SELECT -- what\n c.a FROM c -- where"));

    private static SqlExpression Expression(string text) =>
        Assert.IsType<SqlSelectValue>(SqlParser.Parse("SELECT VALUE " + text).Select.Selection).Expression;
}
