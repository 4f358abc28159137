using Geode.Backplane.Query.Execution;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>What must hold between queries, whatever their rows are.</summary>
public sealed class NaiveRelationTests
{
    private const int QueriesPerWorld = 20;
    private const int Share = 10;

    [Fact]
    public void A_condition_its_opposite_and_neither_part_the_items() => ForEach((world, documents) =>
    {
        var condition = Sound(world, condition => $"SELECT VALUE c.id FROM c WHERE {condition}");
        List<string> parts =
        [
            .. Rows(documents, $"SELECT VALUE c.id FROM c WHERE {condition}"),
            .. Rows(documents, $"SELECT VALUE c.id FROM c WHERE NOT ({condition})"),
            .. Rows(documents, $"SELECT VALUE c.id FROM c WHERE NOT IS_BOOL({condition})"),
        ];
        Assert.True(Rows(documents, "SELECT VALUE c.id FROM c").SequenceEqual(parts.Order(StringComparer.Ordinal)), condition);
    });

    [Fact]
    public void And_true_or_false_change_nothing() => ForEach((world, documents) =>
    {
        var condition = Sound(world, condition => $"SELECT VALUE c.id FROM c WHERE {condition}");
        var rows = Rows(documents, $"SELECT VALUE c.id FROM c WHERE {condition}");
        Assert.True(rows.SequenceEqual(Rows(documents, $"SELECT VALUE c.id FROM c WHERE ({condition}) AND true")), condition);
        Assert.True(rows.SequenceEqual(Rows(documents, $"SELECT VALUE c.id FROM c WHERE false OR ({condition})")), condition);
        Assert.Equal(rows.Count.ToString(), Rows(documents, $"SELECT VALUE COUNT(1) FROM c WHERE {condition}").Single());
    });

    [Fact]
    public void Distinct_of_distinct_is_distinct() => ForEach((world, documents) =>
    {
        var value = world.Queries.Expressions.Make(3, world.Queries.Names);
        var once = $"SELECT DISTINCT VALUE {value} FROM c";
        var rows = NaiveWorld.IsSound(once) ? Rows(documents, once) : [];
        Assert.True(rows.Count == 0 || rows.SequenceEqual(Rows(documents, $"SELECT DISTINCT VALUE d FROM ({once}) AS d")), value);
    });

    private static void ForEach(Action<NaiveWorld, TestDocuments> test)
    {
        for (var seed = NaiveRuns.Seed; seed < NaiveRuns.Seed + Math.Max(1, NaiveRuns.Cases / Share / QueriesPerWorld); seed++)
        {
            var world = new NaiveWorld(seed, seed % 5 == 0 ? 70 : 12);
            var documents = new TestDocuments();
            world.Documents.ForEach(documents.Add);
            for (var i = 0; i < QueriesPerWorld; i++)
                test(world, documents);
        }
    }

    private static string Sound(NaiveWorld world, Func<string, string> query)
    {
        while (true)
        {
            var condition = world.Queries.Expressions.Condition(3, world.Queries.Names);
            if (NaiveWorld.IsSound(query(condition)))
                return condition;
        }
    }

    private static List<string> Rows(TestDocuments documents, string query) => documents.Query(query, options: NaiveCase.Options);
}
