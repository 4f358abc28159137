using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Vectors;

namespace Geode.Backplane.Tests.Storage.Vectors;

public sealed class VectorBacklogTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void The_index_serves_no_search_while_the_last_items_are_on_their_way_into_it(int items)
    {
        using var gate = new ReaderWriterLockSlim();
        var backlog = new VectorBacklog(gate, (_, _) => items);
        Assert.Equal(items, backlog.TakeNext(new IDocument[8]));
        Assert.False(backlog.HasAll);
        Assert.Null(backlog.Look(() => 1));
        backlog.Settle([], []);
        Assert.True(backlog.HasAll);
        Assert.Empty(backlog.Look(() => 1)!.Documents);
        Assert.Equal(0, backlog.TakeNext(new IDocument[8]));
    }
}
