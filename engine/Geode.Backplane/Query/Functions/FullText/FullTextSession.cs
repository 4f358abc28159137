using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes.FullText;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>What the full-text calls of one query share: the container's languages and indexes, and which calls there are.</summary>
/// <param name="indexes">Null where none may be used.</param>
internal sealed class FullTextSession(FullTextPolicy policy, FullTextIndexes? indexes)
{
    private readonly Dictionary<string, TermReader> _readers = new(StringComparer.Ordinal);
    private readonly Dictionary<SqlFunctionCall, TextSearch> _searches = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads texts at a path of the documents.</summary>
    /// <param name="names">The path's property names, outermost first.</param>
    public TermReader ReaderOf(IEnumerable<string> names, Func<SqlValue, SqlValue> read)
    {
        var path = FullTextPolicy.KeyOf(names);
        if (!_readers.TryGetValue(path, out var reader))
        {
            var language = policy.LanguageOf(path);
            _readers.Add(path, reader = new TermReader(TextAnalyzer.Of(language), indexes, indexes?.Use(path, language), read));
        }

        return reader;
    }

    /// <summary>Reads texts that are at no path.</summary>
    public TermReader ReaderOfValues() => new(TextAnalyzer.Of(policy.LanguageOf(null)), null, null, value => value);

    /// <summary>Remembers what a call searches for, for whoever wants to know which documents it can find.</summary>
    public void Note(SqlFunctionCall call, TextSearch search) => _searches[call] = search;

    /// <summary>What a call searches for; null for a call that no index answers.</summary>
    public TextSearch? SearchOf(SqlExpression expression) =>
        expression is SqlFunctionCall call && _searches.TryGetValue(call, out var search) ? search : null;
}
