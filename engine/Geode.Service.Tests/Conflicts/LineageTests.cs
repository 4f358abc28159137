using Geode.Service.Conflicts;

namespace Geode.Service.Tests.Conflicts;

public sealed class LineageTests
{
    private static readonly IReadOnlyList<string> Once = Lineage.After([], "once");
    private static readonly IReadOnlyList<string> Twice = Lineage.After(Once, "twice");
    private static readonly IReadOnlyList<string> Other = Lineage.After(Once, "other");

    [Fact]
    public void The_same_edit_of_the_same_version_is_the_same_wherever_it_was_made()
    {
        Assert.Equal(Once, Lineage.After([], "once"));
        Assert.NotEqual(Once, Other);
        Assert.NotEqual(Lineage.After(Once, "again")[^1], Lineage.After(Twice, "again")[^1]);
    }

    [Fact]
    public void A_version_holds_what_it_grew_out_of_and_itself()
    {
        Assert.True(Lineage.Holds(Twice, Once));
        Assert.True(Lineage.Holds(Twice, []));
        Assert.True(Lineage.Holds(Twice, Twice));
        Assert.False(Lineage.Holds(Once, Twice));
        Assert.False(Lineage.Holds(Other, Twice));
    }

    [Fact]
    public void Two_versions_went_apart_where_the_last_edit_of_one_is_known_to_the_other()
    {
        var further = Lineage.After(Lineage.After(Other, "x"), "y");
        Assert.True(Lineage.HoldsStartOf(further, Twice));
        Assert.False(Lineage.HoldsStartOf(Twice, further));
        Assert.True(Lineage.HoldsStartOf(Twice, Once));
        Assert.False(Lineage.HoldsStartOf(Twice, []));
    }

    [Fact]
    public void A_merge_holds_both_whichever_comes_first()
    {
        var merged = Lineage.Merged(Twice, Other, "merged");
        Assert.Equal(merged, Lineage.Merged(Other, Twice, "merged"));
        Assert.True(Lineage.Holds(merged, Twice));
        Assert.True(Lineage.Holds(merged, Other));
    }

    [Fact]
    public void What_was_dropped_is_not_claimed_to_be_known()
    {
        var lineage = Once;
        for (var edit = 0; edit < Lineage.MaxEdits; edit++)
            lineage = Lineage.After(lineage, $"{edit}");

        Assert.Equal(Lineage.MaxEdits, lineage.Count);
        Assert.False(Lineage.Holds(lineage, Once));
        Assert.False(Lineage.Holds(lineage, []));
        Assert.False(Lineage.HoldsStartOf(lineage, Once));
    }
}
