using System.Net;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>A real process stopped by a real signal: it accepts, its connections stay open, and it says nothing.</summary>
public sealed class FreezeTests
{
    [Fact]
    public async Task A_frozen_origin_fails_no_request_is_found_out_and_is_used_again_when_it_thaws()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var behind = await TestOrigin.StartAsync("a");
        await using var other = await TestOrigin.StartAsync("b");
        // A router of its own process makes an honest origin: nothing of it runs in this one.
        using var frozen = await ProcessOrigin.StartAsync(behind);
        await using var router = await TestRouter.StartAsync([frozen.Address, other.Address], "Health:SlowStartMs=0", "Health:ProbeTimeoutMs=300");
        await router.IsAsync("a", "healthy");
        await AllSucceedAsync(router, 50);
        Assert.True(behind.Requests > 0);

        frozen.Freeze();
        await AllSucceedAsync(router, 200);
        await router.IsAsync("a", "unhealthy");
        // Only now: a hedge that it had passed on before it stopped has arrived.
        var before = behind.Requests;
        await AllSucceedAsync(router, 200);
        Assert.Equal(before, behind.Requests);

        frozen.Thaw();
        await router.IsAsync("a", "healthy");
        await Eventually.IsAsync(async () =>
        {
            await AllSucceedAsync(router, 10);
            return behind.Requests > before + 10;
        });
    }

    private static async Task AllSucceedAsync(TestRouter router, int requests)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i < requests / 8 + 1; i++)
            {
                using var request = new HttpRequestMessage(worker % 2 == 0 ? HttpMethod.Get : HttpMethod.Put, "/");
                if (worker % 2 == 1)
                    request.Content = new StringContent("x");
                using var answer = await router.Client.SendAsync(request);
                statuses.Add(answer.StatusCode);
            }

            return statuses;
        }));
        Assert.All(answers.SelectMany(a => a), status => Assert.Equal(HttpStatusCode.OK, status));
    }
}
