using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Three instances of which an origin may have some or all, and another origin that is asked when they fail.</summary>
public abstract class InstanceTestBase : IAsyncLifetime
{
    private protected List<TestOrigin> Near { get; } = [];

    private protected TestOrigin Far { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
            Near.Add(await TestOrigin.StartAsync($"near {i}"));
        Far = await TestOrigin.StartAsync("far");
    }

    public async Task DisposeAsync()
    {
        foreach (var origin in Near.Append(Far))
            await origin.DisposeAsync();
    }

    private protected async Task<TestRouter> StartAsync(int instances = 3, params string[] settings)
    {
        var router = await TestRouter.RunAsync(
            [$"Origins:a={Origin.PrefixOf(Near[0].Address)}", $"Origins:b:Url={Origin.PrefixOf(Far.Address)}", "Origins:b:Priority=2", "Health:SlowStartMs=0", "Tries:HedgeBudget=0", "Tries:TimeoutMinMs=600000", "Tries:TimeoutMaxMs=600000", .. settings], _ => { });
        if (instances > 1)
        {
            await router.SetInstancesAsync("a", [.. Near.Take(instances).Select(o => o.Address)]);
            await KnowsAsync(router, well: instances);
        }

        return router;
    }

    private protected static Task KnowsAsync(TestRouter router, int well) => Eventually.IsAsync(() =>
        router.Snapshot.Origins[0].Instances is var all
        && all.All(i => i.Health.State != OriginState.Unknown)
        && all.Count(i => i.Health.State == OriginState.Healthy) == well);
}
