using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Tests.Query.Planning;

namespace Geode.Backplane.Tests.Query.Syntax;

/// <summary>What is written parses back to the same tree, and nothing makes the parser fail otherwise than by its own error.</summary>
public sealed class SqlRoundTripTests
{
    private const int Mutations = 20_000;

    private static readonly string[] Fragments =
    [
        "(", ")", "[", "]", "{", "}", ",", ".", ":", "'", "\"", "\\", "\\u", "--", "-", "0x", "1e", "1e400", ".5", "@", "@p", " AND ", " OR ", " NOT ", " IN (",
        " BETWEEN 1 AND 2", " LIKE 'a%' ESCAPE '!'", " ?? ", " ? ", "SELECT ", "(SELECT VALUE ", " FROM c", " JOIN t IN c.x", " GROUP BY c.a", " ORDER BY c.a DESC",
        " OFFSET 1 LIMIT 2", "TOP 1 ", "DISTINCT ", "VALUE ", "COUNT(1)", "udf.f(", "EXISTS(", "ARRAY(", "ALL(", "undefined", "NaN", "Infinity", "null", "\0", "é", "😀", "\uD83D", "\n",
    ];

    [Fact]
    public void Written_queries_parse_back_to_the_same_tree()
    {
        var checkedQueries = 0;
        foreach (var text in Texts())
        {
            if (TryParse(text) is not { } query) continue;
            AssertStable(query);
            checkedQueries++;
        }

        Assert.True(checkedQueries > 1_500, $"only {checkedQueries} queries of the corpus are well formed");
    }

    [Fact]
    public void Mutated_queries_parse_or_are_refused()
    {
        var random = new Random(20260731);
        var texts = Texts();
        var parsed = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var text = Mutate(texts[random.Next(texts.Length)], texts, random);
            if (TryParse(text) is not { } query) continue;
            AssertStable(query);
            parsed++;
        }

        Assert.InRange(parsed, Mutations / 20, Mutations * 19 / 20);
    }

    private static string[] Texts() => [.. CorpusQuery.All.Select(query => query.Text).OfType<string>()];

    private static SqlQuery? TryParse(string text)
    {
        try
        {
            return SqlParser.Parse(text);
        }
        catch (SqlQueryException e)
        {
            Assert.NotEmpty(e.Errors);
            return null;
        }
    }

    private static void AssertStable(SqlQuery query)
    {
        var written = SqlWriter.Write(query);
        var again = SqlParser.Parse(written);
        Assert.Equal(query, again);
        Assert.Equal(written, SqlWriter.Write(again));
    }

    private static string Mutate(string text, string[] texts, Random random)
    {
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(1, 8), text.Length - at);
            text = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Fragments[random.Next(Fragments.Length)]),
                2 => text.Remove(at, length).Insert(at, Fragments[random.Next(Fragments.Length)]),
                3 => text.Insert(at, text.Substring(at, length)),
                _ => text[..at] + Tail(texts[random.Next(texts.Length)], random),
            };
        }

        return text;
    }

    private static string Tail(string text, Random random) => text[random.Next(text.Length + 1)..];
}
