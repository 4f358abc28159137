using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Tests.Storage.Items;

public sealed class DeletedContainerTests
{
    [Theory]
    [InlineData("dbs/d/colls/c")]
    [InlineData("dbs/d")]
    public async Task A_write_that_lost_the_race_with_a_deletion_is_refused(string deleted)
    {
        await using var replica = await TestReplica.OpenAsync("here", new TestReplica.Clock());
        var operation = Create(replica);
        var container = replica.Container;
        await replica.Replica.WriteAsync(writer =>
        {
            CatalogTransaction.Delete(writer, writer.State.Catalog.Find(deleted)!);
            return true;
        });
        var before = replica.Replica.State.Ticket;
        var results = await replica.Replica.WriteAsync(writer => ItemTransaction.Run(writer, container, operation));
        Assert.Equal(404, results[0].Status);
        Assert.Equal(SubStatus.OwnerResourceNotFound, results[0].SubStatus);
        Assert.Equal(before, replica.Replica.State.Ticket);
    }

    [Fact]
    public async Task The_next_container_of_that_name_takes_writes_for_itself_only()
    {
        await using var replica = await TestReplica.OpenAsync("here", new TestReplica.Clock());
        var operation = Create(replica);
        var old = replica.Container;
        await replica.Replica.WriteAsync(writer =>
        {
            CatalogTransaction.Delete(writer, writer.State.Catalog.Find("dbs/d/colls/c")!);
            return true;
        });
        await replica.DefineAsync("\"defaultTtl\": 10");
        Assert.Equal(404, (await replica.Replica.WriteAsync(writer => ItemTransaction.Run(writer, old, operation)))[0].Status);
        var current = replica.Container;
        Assert.Equal(201, (await replica.Replica.WriteAsync(writer => ItemTransaction.Run(writer, current, operation)))[0].Status);
    }

    private static ItemOperation Create(TestReplica replica) =>
        new(ItemOperationKind.Create, "a", replica.Container.PlaceOf("[\"p\"]"), DocumentBody.Read("""{"id":"a","pk":"p"}"""u8.ToArray()));
}
