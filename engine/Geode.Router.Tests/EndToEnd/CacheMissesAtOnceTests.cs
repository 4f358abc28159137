using Geode.Router.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Many requests for what the edge cache does not have yet.</summary>
public sealed class CacheMissesAtOnceTests : CacheTestBase
{
    [Fact]
    public async Task A_thousand_misses_at_once_are_one_request()
    {
        var gate = new TaskCompletionSource();
        Origin.Does(async context =>
        {
            await gate.Task;
            await AnswerAsync(context);
        });
        using var client = Router.Connect();
        var answers = Enumerable.Range(0, 1_000).Select(_ => client.GetStringAsync("/hot")).ToList();
        await Eventually.IsAsync(() => Origin.Requests == 1 && Waiting() >= 999);
        gate.SetResult();
        Assert.All(await Task.WhenAll(answers), body => Assert.Equal("one", body));
        Assert.Equal(1, Origin.Requests);

        // All but the one that asks are waiting when none of them is with the origin and all of them are with the router.
        int Waiting() => Router.Services.GetRequiredService<Geode.Router.Edge.EdgeCache>().Waiting;
    }

    [Fact]
    public async Task Who_has_waited_long_enough_asks_for_itself()
    {
        var gate = new TaskCompletionSource();
        Origin.Does(async context =>
        {
            if (Origin.Requests == 1)
                await gate.Task;
            await AnswerAsync(context);
        });
        await using var impatient = await TestRouter.StartAsync([Origin.Address], "Cache:WaitMs=20");
        var first = impatient.Client.GetStringAsync("/slow");
        await Eventually.IsAsync(() => Origin.Requests == 1);
        Assert.Equal("one", await impatient.Client.GetStringAsync("/slow"));
        gate.SetResult();
        Assert.Equal("one", await first);
    }

    [Fact]
    public async Task Misses_that_turn_out_not_to_be_shared_each_get_their_own_answer()
    {
        CacheControl = "private";
        var gate = new TaskCompletionSource();
        Origin.Does(async context =>
        {
            await gate.Task;
            await AnswerAsync(context);
        });
        var answers = Enumerable.Range(0, 50).Select(_ => Router.Client.GetStringAsync("/mine")).ToList();
        await Eventually.IsAsync(() => Router.Services.GetRequiredService<Geode.Router.Edge.EdgeCache>().Waiting == 49);
        gate.SetResult();
        await Task.WhenAll(answers);
        Assert.Equal(50, Origin.Requests);
    }
}
