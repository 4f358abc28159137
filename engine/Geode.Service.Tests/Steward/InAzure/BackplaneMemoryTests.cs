using System.Text.Json;
using Geode.Service.Hosting;
using Geode.Service.Steward;
using Geode.Service.Steward.InAzure;

namespace Geode.Service.Tests.Steward.InAzure;

[Collection(ShoppingPlanetCollection.Name)]
public sealed class BackplaneMemoryTests(ShoppingPlanet planet)
{
    [Fact]
    public async Task A_change_is_found_again_and_forgotten_by_whoever_saw_it_last()
    {
        using var clients = planet.Clients(planet.There);
        var memory = new BackplaneMemory(clients, new GeodeOptions(), planet.There);
        Assert.Null(await memory.ReadAsync("app", default));
        var now = DateTimeOffset.UtcNow;
        var change = new Remembered(
            JsonSerializer.SerializeToElement(new { least = 1 }), JsonSerializer.SerializeToElement(new { least = 3 }), 17003, 5, now, now, true, now.AddMinutes(30));

        var written = await memory.WriteAsync("app", change, default);
        var read = (await memory.ReadAsync("app", default))!;

        Assert.NotNull(written.Tag);
        Assert.Equal(written.Tag, read.Tag);
        Assert.Equal((3, 1), (read.Set!.Value.GetProperty("least").GetInt32(), read.Before.GetProperty("least").GetInt32()));
        Assert.Equal((17003, 5, now, now, true, now.AddMinutes(30)), (read.Fence, read.Number, read.ChangedAt, read.AskedAt, read.Ending, read.HeldUntil));

        var later = await memory.WriteAsync("app", read with { Set = null, Ending = false }, default);
        Assert.Null((await memory.ReadAsync("app", default))!.Set);
        await Assert.ThrowsAsync<PlanActionException>(() => memory.WriteAsync("app", read, default));
        await Assert.ThrowsAsync<PlanActionException>(() => memory.WriteAsync("app", change, default));
        await Assert.ThrowsAsync<PlanActionException>(() => memory.ForgetAsync("app", read, default));
        await memory.ForgetAsync("app", later, default);
        await memory.ForgetAsync("app", later, default);
        Assert.Null(await memory.ReadAsync("app", default));
    }
}
