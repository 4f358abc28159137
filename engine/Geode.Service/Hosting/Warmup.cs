using Geode.Runtime.Health;
using Geode.Service.Backplane;

namespace Geode.Service.Hosting;

/// <summary>Walks the reading paths once, so that the first visitor does not wait for connections, caches and compilation. Nobody
/// waits for it: a cold geode is better than none.</summary>
internal sealed class Warmup(
    Func<IServiceProvider, CancellationToken, Task> walk, IServiceScopeFactory scopes, EndpointDataSource endpoints, FirstReady ready,
    TimeProvider clock) : BackgroundService
{
    private const int Tries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.SoonAsync(stoppingToken);
        // Built when first asked for.
        _ = endpoints.Endpoints;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            try
            {
                using var scope = scopes.CreateScope();
                await walk(scope.ServiceProvider, stoppingToken);
                return;
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                // The backplane is still starting.
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }
}
