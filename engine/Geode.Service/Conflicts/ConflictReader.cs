using Geode.Service.Backplane;
using Geode.Service.Feeds;

namespace Geode.Service.Conflicts;

/// <summary>Has the conflicts of a container merged once a second. Done by the one geode that owns a global feed.</summary>
internal sealed partial class ConflictReader<TDocument>(
    ConflictMerger<TDocument> merger, Processor owner, TimeProvider clock, ILogger<ConflictReader<TDocument>> logger) : BackgroundService
    where TDocument : class
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly LastReason _reason = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!owner.IsOwner)
                continue;
            try
            {
                await merger.PassAsync(stoppingToken);
                _reason.Forget();
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                if (_reason.News(e) is { } reason)
                    Postponed(logger, reason);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Reading of conflicts postponed: {Reason}")]
    private static partial void Postponed(ILogger logger, string reason);
}
