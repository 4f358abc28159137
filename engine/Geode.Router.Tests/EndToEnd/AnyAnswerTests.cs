using System.Globalization;
using System.Net;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>If some instance of some origin would answer, or of one that sleeps, the client gets that answer, whatever the router believes.
/// <c>GEODE_WORLD_RUNS=2000 dotnet test … --filter AnyAnswerTests</c> tries more worlds, <c>GEODE_WORLD_SEED=n</c> starts at that one.</summary>
public sealed class AnyAnswerTests
{
    private const int AtOnce = 8;

    [Fact]
    public async Task If_some_instance_would_answer_the_client_gets_that_answer()
    {
        var (first, runs) = (Setting("GEODE_WORLD_SEED", 1), Setting("GEODE_WORLD_RUNS", 150));
        await Parallel.ForEachAsync(Enumerable.Range(first, runs), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
        {
            var world = AnyWorld.From(new Random(seed));
            if (await WrongAsync(world) is { } wrong)
                Assert.Fail($"GEODE_WORLD_SEED={seed} GEODE_WORLD_RUNS=1: {wrong}\n{world}");
        });
    }

    private static async Task<string?> WrongAsync(AnyWorld world)
    {
        var instances = world.Origins.Select(o => o.Instances.Select(i => new InstanceOfWorld(i.Does)).ToList()).ToList();
        var origins = instances.SelectMany(i => i).ToList();
        await using var control = await TestOrigin.StartAsync("control");
        try
        {
            await using var router = await TestRouter.StartAsync([.. instances.Select(i => i[0].Address)], TestRouter.NoProbes,
                "Tries:RetryReserve=1", "Tries:HedgeReserve=1", $"Tries:ActivityTimeoutMs={(world.Once ? 3_000 : 100_000)}",
                $"Wake={control.Address.GetLeftPart(UriPartial.Authority)}", "WakeMs=300000");
            Task SetAsync(int i, bool asleep) => router.SetInstancesAsync(TestRouter.Name(i), asleep ? [] : [.. instances[i].Select(o => o.Address)]);
            control.Does(context => SetAsync(context.Request.Path.Value!.Split('/')[3][0] - 'a', asleep: false));
            for (var i = 0; i < instances.Count; i++)
                await SetAsync(i, world.Origins[i].Asleep);
            await Eventually.IsAsync(() => router.Snapshot.Origins.All(o => o.Instances.All(i => i.Health.State != Geode.Router.Health.OriginState.Unknown)));
            world.Impose(router);
            using var answer = await router.SendAsync(world.Method);
            var reached = origins.Where(o => o.Requests > 0).ToList();
            if (answer.StatusCode == HttpStatusCode.OK)
                return !world.Once || reached.Count == 1 ? null : $"sent to {reached.Count} instances";
            // What may not be repeated is over with the first that took it.
            return world.Once && reached is [{ Does: not (Does.Answers or Does.AnswersSlowly) }]
                ? null
                : $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}, asked: {string.Join(", ", reached.Select(o => o.Does))}";
        }
        finally
        {
            foreach (var origin in origins)
                await origin.DisposeAsync();
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private sealed class InstanceOfWorld : IAsyncDisposable
    {
        private readonly DeadPort? _dead;
        private readonly RawOrigin? _origin;

        public InstanceOfWorld(Does does)
        {
            Does = does;
            if (does == Does.Refuses)
                _dead = new();
            else
                _origin = Start(does);
        }

        public Does Does { get; }

        public Uri Address => _dead?.Address ?? _origin!.Address;

        public int Requests => _origin?.Requests ?? 0;

        public async ValueTask DisposeAsync()
        {
            _dead?.Dispose();
            if (_origin is not null)
                await _origin.DisposeAsync();
        }

        private static RawOrigin Start(Does does) => does switch
        {
            Does.IsSilent => RawOrigin.Silent(),
            Does.Resets => RawOrigin.Resetting(),
            _ => new(async (connection, _) =>
            {
                if (does == Does.AnswersSlowly)
                    await Task.Delay(300);
                await RawOrigin.SayAsync(connection, $"HTTP/1.1 {(does == Does.Declines ? "503 Not now" : "200 OK")}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return false;
            }),
        };
    }
}
