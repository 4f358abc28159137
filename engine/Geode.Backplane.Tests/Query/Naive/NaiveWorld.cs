using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Random documents and queries of one seed.</summary>
internal sealed class NaiveWorld
{
    private readonly RandomChoice _choice;

    public NaiveWorld(int seed, int documents, bool merged = false)
    {
        _choice = new RandomChoice(new Random(seed));
        Documents = new RandomDocuments(_choice).Make(documents);
        Queries = new RandomQueries(_choice, merged) { Computed = NaiveCase.Computed };
    }

    public List<string> Documents { get; }

    public RandomQueries Queries { get; }

    public RandomChoice Choice => _choice;

    /// <summary>A query that means something: some that chance makes are refused when they are planned.</summary>
    public NaiveCase Case(Func<RandomQueries, string>? make = null)
    {
        make ??= queries => queries.Make();
        for (var tries = 0; tries < 1_000; tries++)
        {
            var query = make(Queries);
            if (IsSound(query))
                return new NaiveCase(Documents, query);
        }

        throw new InvalidOperationException("Chance makes no sound queries.");
    }

    public static bool IsSound(string query)
    {
        try
        {
            QueryPlanner.Check(SqlParser.Parse(query), QueryParameters.None);
            return true;
        }
        catch (SqlQueryException)
        {
            return false;
        }
    }
}
