using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>What is searched for: a word, or words that follow one another; written as a string or as <c>{"term": "…", "distance": 1}</c>,
/// where words may differ by so many letters.</summary>
internal sealed class SearchTerm
{
    /// <summary>The most words of a term: each is looked for at each place of a text.</summary>
    public const int MostWords = 100;

    private const int LargestDistance = 2;

    private static readonly PropertyName Term = new("term");
    private static readonly PropertyName DistanceName = new("distance");

    private readonly TextWord[] _words;

    private SearchTerm(TextWord[] words, int distance) => (_words, Distance) = (words, distance);

    /// <summary>The stems, each with its place in the phrase; none when the term has only words that are left out.</summary>
    public ReadOnlySpan<TextWord> Words => _words;

    /// <summary>Letters by which a word may differ.</summary>
    public int Distance { get; }

    /// <summary>It has more than <see cref="MostWords"/>, and is not to be looked for.</summary>
    public bool IsTooLong => _words.Length > MostWords;

    /// <summary>Null for a value that is no term.</summary>
    public static SearchTerm? Of(in SqlValue value, TextAnalyzer analyzer)
    {
        if (value.IsString)
        {
            return new SearchTerm([.. analyzer.Analyze(value.Text).Words], 0);
        }

        var (term, distance) = (value[Term], value[DistanceName]);
        return term.IsString && distance.TryGetInteger(out var letters) && letters is >= 0 and <= LargestDistance
            ? new SearchTerm([.. analyzer.Analyze(term.Text).Words], (int)letters)
            : null;
    }

    /// <summary>Whether an argument is a term that is known before the query runs.</summary>
    public static bool IsOne(SqlExpression argument, QueryParameters parameters)
    {
        if (argument is not SqlObject literal)
        {
            var value = Known(argument, parameters);
            return value.IsString || IsFuzzy(value[Term], value[DistanceName]);
        }

        return IsFuzzy(Member(literal, "term", parameters), Member(literal, "distance", parameters));
    }

    /// <summary>Whether a word of a text is that word of the term.</summary>
    public bool Matches(string stem, int word) =>
        Distance == 0 ? stem == _words[word].Stem : EditDistance.IsWithin(stem, _words[word].Stem, Distance);

    /// <summary>How often the term occurs.</summary>
    public int CountIn(AnalyzedText text)
    {
        if (_words.Length == 0)
        {
            return 0;
        }

        var count = 0;
        var words = text.Words;
        for (var i = 0; i < words.Length; i++)
        {
            if (Matches(words[i].Stem, 0) && Follows(words[i..]))
            {
                count++;
            }
        }

        return count;
    }

    // Words that are left out keep their places: between two words there must be as many in the text as in the phrase.
    private bool Follows(ReadOnlySpan<TextWord> words)
    {
        var at = 0;
        for (var i = 1; i < _words.Length; i++)
        {
            var place = words[0].Position + _words[i].Position - _words[0].Position;
            while (at < words.Length && words[at].Position < place)
            {
                at++;
            }

            if (at == words.Length || words[at].Position != place || !Matches(words[at].Stem, i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsFuzzy(in SqlValue term, in SqlValue distance) =>
        term.IsString && distance.TryGetInteger(out var letters) && letters is >= 0 and <= LargestDistance;

    private static SqlValue Member(SqlObject literal, string name, QueryParameters parameters) =>
        literal.Properties.Where<SqlProperty>(property => property.Name == name).ToList() is [var only] ? Known(only.Value, parameters) : SqlValue.Undefined;

    private static SqlValue Known(SqlExpression expression, QueryParameters parameters) => expression switch
    {
        SqlStringLiteral text => SqlValue.From(text.Value),
        SqlNumberLiteral number => SqlValue.From(number.Value),
        SqlParameter parameter when parameters.TryGet(parameter.Name, out var value) => value,
        _ => SqlValue.Undefined,
    };
}
