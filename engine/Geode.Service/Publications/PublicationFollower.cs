using Geode.Runtime.Health;
using Geode.Service.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Publications;

/// <summary>Follows a publication for as long as this process lives: looks when its documents change in this region's replica, and now and then.
/// Whatever goes wrong, what is in force stays, and the process goes on.</summary>
internal abstract partial class PublicationFollower(
    string name, PublicationBoard board, FirstReady ready, TimeProvider clock, ILogger logger) : BackgroundService
{
    // Where the backplane holds back the answer that there is nothing new, this is only the pause after it.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    // A feed does not tell of deletions.
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    private readonly LastReason _reason = new();
    private readonly SemaphoreSlim _one = new(1);
    private volatile PublicationState _state = PublicationState.Unknown(name);
    private TimeSpan _pause;
    private long _looked;

    public string Name => name;

    protected TimeProvider Clock => clock;

    /// <summary>As of the last look.</summary>
    public PublicationState State => _state;

    /// <summary>In force in this process; null: none.</summary>
    public abstract PublicationVersion? Version { get; }

    /// <summary>Versions and documents refused since the process began.</summary>
    public abstract long Refusals { get; }

    /// <summary>Takes what there is now.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<PublicationState> LookAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            _looked = clock.GetTimestamp();
            var state = await LookAsync(await board.ReadAsync(name, cancellation), cancellation);
            _pause = state.Waiting.Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Clamp(2 * _pause.Ticks, FirstPause.Ticks, Calm.Ticks));
            _reason.Forget();
            return _state = state;
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <param name="view">What has arrived.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    protected abstract Task<PublicationState> LookAsync(PublicationBoardView view, CancellationToken cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.SoonAsync(stoppingToken);
        while (true)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (_reason.News(e) is { } reason)
                    Waits(logger, name, reason);
            }

            await Task.Delay(AfterFailure, clock, stoppingToken);
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        var start = ChangeFeedStartFrom.Now(FeedRange.FromPartitionKey(new(name)));
        var first = true;
        await foreach (var page in FeedReader.FollowAsync(board.Container, start, Poll, clock, cancellation))
        {
            // What came between the look above and the place where the feed begins would not be told.
            if (first || page.Changes.Count > 0 || clock.GetElapsedTime(_looked) >= (_pause > TimeSpan.Zero ? _pause : Calm))
                await LookAsync(cancellation);
            first = false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The publication {Name} cannot be looked at: {Reason}")]
    private static partial void Waits(ILogger logger, string name, string reason);
}
