using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>Compiles calls of the functions of full-text search.</summary>
internal static class FullTextCalls
{
    // Arguments of _FullTextScore after the text and the terms.
    private const int Documents = 2;
    private const int Words = 3;
    private const int Hits = 4;

    public static Code Contains(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope) => Search(call, expressions, scope, all: true);

    public static Code ContainsAll(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope) => Search(call, expressions, scope, all: true);

    public static Code ContainsAny(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope) => Search(call, expressions, scope, all: false);

    public static Code OutOfPlace(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope) =>
        throw new QueryException("The FullTextScore function is only allowed in the ORDER BY RANK clause.");

    /// <summary>The number of words of a text.</summary>
    public static Code WordCount(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope)
    {
        var text = CalledText.Of(call, expressions, scope);
        return new Code(frame => text.TryTurnTo(frame) ? SqlValue.From((long)text.Reader.Length) : SqlValue.Undefined);
    }

    /// <summary><c>_FullTextScore(text, terms, documentCount, totalWordCount, hitCounts)</c>: BM25, by statistics that the client has
    /// gathered. Undefined for what has no text.</summary>
    public static Code PartitionScore(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope)
    {
        var text = CalledText.Of(call, expressions, scope);
        var values = Constant(call, 1, expressions);
        var hits = Constant(call, Hits, expressions);
        var (documents, words) = (Constant(call, Documents, expressions), Constant(call, Words, expressions));
        if (!values.IsArray || !hits.IsArray || !documents.IsNumber || !words.IsNumber)
        {
            throw Malformed();
        }

        if (values.ToItems().Length > SqlBinder.MaxTerms)
        {
            throw new QueryException($"_FullTextScore has {values.ToItems().Length} terms. The allowed limit is {SqlBinder.MaxTerms}.");
        }

        SearchTerm[] terms = [.. values.ToItems().Select(value => Short(SearchTerm.Of(value, text.Reader.Analyzer)) ?? throw Malformed())];
        double[] counts = [.. hits.ToItems().Select(count => count.IsNumber ? count.Number : throw Malformed())];
        if (terms.Length != counts.Length)
        {
            throw Malformed();
        }

        if (text.Reader.Index is not null && Array.TrueForAll(counts, count => count <= documents.Number))
        {
            expressions.Context.Texts.Note(call, new TextSearch(text.Reader, terms, All: false));
        }

        var (n, w) = (documents.Number, words.Number);
        return new Code(frame =>
        {
            if (!text.TryTurnTo(frame))
            {
                return SqlValue.Undefined;
            }

            var score = 0.0;
            for (var i = 0; i < terms.Length; i++)
            {
                score += Bm25.Score(text.Reader.CountOf(terms[i]), text.Reader.Length, counts[i], n, w);
            }

            return SqlValue.From(score);
        });

        static QueryException Malformed() =>
            new("_FullTextScore takes a text, an array of terms, two numbers and an array of as many numbers: it is for the plans of ORDER BY RANK.");
    }

    /// <summary>A distance turned so that more is more alike.</summary>
    public static Code VectorScore(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope)
    {
        var (root, vectors) = (expressions.Context.Root, expressions.Context.Vectors);
        var distance = VectorCall.Of(call with { Name = VectorFunctions.Name }, root, vectors, expressions.Context.Parameters)!;
        var run = expressions.Compile(distance.Spelt(), scope).Run;
        return new Code(distance.Function.IsSimilarity() ? run : frame => Arithmetic.Negate(run(frame)));
    }

    public static Code FusedScore(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope)
    {
        var scores = expressions.Context.FusedScores ?? throw new QueryException("Ranks have not been fused.");
        var rid = expressions.Compile(call.Arguments[0], scope).Run;
        return new Code(frame => scores.TryGetValue(rid(frame), out var score) ? SqlValue.From(score) : SqlValue.Undefined);
    }

    private static Code Search(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope, bool all)
    {
        var text = CalledText.Of(call, expressions, scope);
        var arguments = new Code[call.Arguments.Count - 1];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = expressions.Compile(call.Arguments[i + 1], scope);
        }

        if (!Array.TrueForAll(arguments, argument => argument.IsConstant))
        {
            return new Code(frame => text.TryTurnTo(frame)
                ? Test(text.Reader, Array.ConvertAll(arguments, argument => SearchTerm.Of(argument.Run(frame), text.Reader.Analyzer)), all)
                : SqlValue.Undefined);
        }

        var terms = Array.ConvertAll(arguments, argument => Short(SearchTerm.Of(argument.Constant!.Value, text.Reader.Analyzer)));
        if (text.Reader.Index is not null && Array.TrueForAll(terms, term => term is not null))
        {
            expressions.Context.Texts.Note(call, new TextSearch(text.Reader, terms!, all));
        }

        return new Code(frame => text.TryTurnTo(frame) ? Test(text.Reader, terms, all) : SqlValue.Undefined);
    }

    // A chain joined by AND or OR: one term can decide; what is no term makes the rest undefined.
    private static SqlValue Test(TermReader reader, SearchTerm?[] terms, bool all)
    {
        var unknown = false;
        foreach (var term in terms)
        {
            if (term is null or { IsTooLong: true })
            {
                unknown = true;
            }
            else if (reader.CountOf(term) > 0 != all)
            {
                return SqlValue.From(!all);
            }
        }

        return unknown ? SqlValue.Undefined : SqlValue.From(all);
    }

    private static SearchTerm? Short(SearchTerm? term) =>
        term is { IsTooLong: true } ? throw new QueryException($"A full-text search term has {term.Words.Length} words. The allowed limit is {SearchTerm.MostWords}.") : term;

    private static SqlValue Constant(SqlFunctionCall call, int argument, ExpressionCompiler expressions) =>
        expressions.Compile(call.Arguments[argument], new Scope(null)).Constant ?? SqlValue.Undefined;
}
