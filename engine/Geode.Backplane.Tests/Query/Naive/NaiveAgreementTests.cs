using Geode.Backplane.Query.Execution;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>
/// Random queries over random documents, by the engine and by an evaluator written from the definition of the language: the same
/// rows in the same order, with indexes and without, in pages of any size.
/// </summary>
public sealed class NaiveAgreementTests
{
    private const int QueriesPerWorld = 25;
    private const int Few = 8;
    private const int Indexed = 70;

    // Pages also end when they have looked at enough.
    private static readonly QueryLimits Hurried = new() { DocumentsPerPage = 5 };

    private static readonly QueryOptions Scan = NaiveCase.Options with { UseIndexes = false };

    [Fact]
    public void The_engine_agrees_with_the_definition()
    {
        var (ran, answered) = (0, 0);
        for (var i = 0; i < NaiveRuns.Cases; i++)
        {
            var seed = NaiveRuns.Seed + (i / QueriesPerWorld);
            var world = new NaiveWorld(seed, seed % 5 == 0 ? Indexed : Few);
            var documents = Load(world.Documents);
            for (; ; i++)
            {
                var one = world.Case();
                if (Difference(one, documents) is not null)
                    Assert.Fail(Report(seed, one));
                ran++;
                answered += one.Expected().Count > 0 ? 1 : 0;
                if (i % QueriesPerWorld == QueriesPerWorld - 1)
                    break;
            }
        }

        Assert.True(answered > ran / 3, $"Only {answered} of {ran} queries had rows: the others agree too easily.");
    }

    private static TestDocuments Load(IEnumerable<string> json)
    {
        var documents = new TestDocuments();
        foreach (var document in json)
            documents.Add(document);
        return documents;
    }

    /// <summary>What the two make of a case where that differs.</summary>
    private static string? Difference(NaiveCase one, TestDocuments documents)
    {
        var expected = one.Expected();
        var large = one.Documents.Count >= Indexed;
        return Compare("scanned", 100, Scan)
            ?? Compare("page by page", 7, NaiveCase.Options, Hurried)
            ?? Compare("row by row", large ? 100 : 1, NaiveCase.Options);

        string? Compare(string how, int page, QueryOptions options, QueryLimits? limits = null)
        {
            var actual = Rows(documents, one.Query, page, options, limits);
            return expected.SequenceEqual(actual) ? null : $"{how}:\n  {string.Join("\n  ", actual)}\nby definition:\n  {string.Join("\n  ", expected)}";
        }
    }

    private static List<string> Rows(TestDocuments documents, string query, int page, QueryOptions options, QueryLimits? limits)
    {
        try
        {
            return documents.Query(query, maxItems: page, limits: limits, options: options).ConvertAll(row => NaiveJson.Write(NaiveJson.Parse(row)));
        }
        catch (Exception e)
        {
            return [e.ToString()];
        }
    }

    private static string Report(int seed, NaiveCase one)
    {
        var small = NaiveShrinker.Shrink(one, smaller => NaiveWorld.IsSound(smaller.Query) && Differs(smaller));
        return $"Seed {seed}: {one.Query}\nshrunk to\n{small}\n{Difference(small, Load(small.Documents))}";
    }

    private static bool Differs(NaiveCase one)
    {
        try
        {
            return Difference(one, Load(one.Documents)) is not null;
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or InvalidCastException or NullReferenceException)
        {
            // Cut down to what the naive evaluator does not know.
            return false;
        }
    }
}
