using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Feeds;

namespace Geode.Service.Steward.InAzure;

/// <summary>Puts back in Azure what no plan asks for any more: the steward is lost, told only to advise, or gone. Azure itself knows of no change
/// that ends by itself, so each geode sees to its own; what a geode leaves when it is lost whole, it puts back when it returns.</summary>
internal sealed partial class AzureTending(AzurePlanActions actions, FirstReady ready, TimeProvider clock, ILogger<AzureTending> logger) : BackgroundService
{
    /// <summary>Longer than elsewhere: putting replicas back makes a revision, too much for a steward that is away for a minute.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly LastReason _reason = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var problem in await actions.TendAsync(Lapse, stoppingToken))
                    Kept(logger, problem);
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                stoppingToken.ThrowIfCancellationRequested();
                if (_reason.News(e) is { } reason)
                    Kept(logger, reason);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What plans changed in Azure is not put back yet: {Problem}")]
    private static partial void Kept(ILogger logger, string problem);
}
