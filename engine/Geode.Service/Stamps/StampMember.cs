using System.Threading.Channels;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps;

/// <summary>This process as one of those that serve the stamp's tenants: says every two seconds, and whenever it has news, which charters it keeps.
/// Who moves a tenant waits until all members keep the charter that stops requests; one that has been silent for long no longer counts, and so
/// answers nothing for a tenant unless it has been heard lately.</summary>
internal sealed partial class StampMember(
    Charters charters, BackplaneClients clients, GeodeOptions options, Region region, TimeProvider clock, ILogger<StampMember> logger) : BackgroundService
{
    /// <summary>For so long after a sign a member may answer.</summary>
    public static readonly TimeSpan SureFor = TimeSpan.FromSeconds(10);

    /// <summary>One that has been seen unchanged for so long answers no more; longer than it is sure, since no two clocks run quite alike.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(13);

    private const int TimeToLiveSeconds = 60;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(250);

    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private readonly string _id = $"{StampMembers.Prefix}{region.Name}:{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
    private long _renewals;
    private long _heard;
    private long _gaps;
    private volatile bool _knowsAll;

    /// <summary>Whether it may answer for tenants: it knows every charter, and counts as a member.</summary>
    public bool IsSure => _knowsAll && clock.GetElapsedTime(Interlocked.Read(ref _heard)) < SureFor;

    /// <summary>How often it has been silent for too long. Who was let in before a gap may not be answered after it: others may have gone on without
    /// this process.</summary>
    public long Gaps => Interlocked.Read(ref _gaps);

    /// <summary>What it keeps may have changed.</summary>
    public void Tell() => _news.Writer.TryWrite(true);

    /// <summary>Says that it is none any more, so that nobody waits for it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _knowsAll = false;
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(Farewell);
        try
        {
            using var answer = await Signs.DeleteItemStreamAsync(_id, new(region.Name), cancellationToken: soon.Token);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            // It will be seen that it is silent.
            Unheard(logger, e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whoever moves a tenant finds it among the members before it believes what it reads, so that nothing old is believed.
        while (!await TrySignAsync(stoppingToken))
            await Task.Delay(AfterFailure, clock, stoppingToken);
        while (true)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var gaps = Gaps;
            var following = charters.FollowAsync(look => Looked(look, gaps), round.Token);
            // After a gap it believes nothing that it knew before, nor an answer that has waited for it.
            var signing = SignAsync(round.Token);
            var first = await Task.WhenAny(following, signing);
            await round.CancelAsync();
            await Task.WhenAll(following, signing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stoppingToken.ThrowIfCancellationRequested();
            _knowsAll = false;
            if (first.Exception is { } failed)
                Again(logger, failed.InnerException!);
            await Task.Delay(AfterFailure, clock, stoppingToken);
        }
    }

    private Container Signs => clients.OwnReplica.GetContainer(options.Activity);

    private void Looked(CharterLook look, long gaps)
    {
        lock (_lock)
            _knowsAll |= look.IsAll && _gaps == gaps;
        if (look.IsNews)
            Tell();
    }

    // Until it has signed after a gap.
    private async Task SignAsync(CancellationToken stopping)
    {
        var gaps = Gaps;
        while (Gaps == gaps)
        {
            using var timer = new CancellationTokenSource(Interval, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stopping);
            await ((Task)_news.Reader.WaitToReadAsync(either.Token).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopping.ThrowIfCancellationRequested();
            _news.Reader.TryRead(out _);
            if (!await TrySignAsync(stopping))
                await Task.Delay(AfterFailure, clock, stopping);
        }
    }

    private async Task<bool> TrySignAsync(CancellationToken stopping)
    {
        var start = clock.GetTimestamp();
        try
        {
            var sign = new MemberSign(_id, region.Name, _renewals + 1, charters.Kept(), TimeToLiveSeconds);
            await Signs.UpsertItemAsync(sign, new PartitionKey(region.Name), cancellationToken: stopping);
            if (_renewals > 0 && clock.GetElapsedTime(Interlocked.Read(ref _heard)) >= SureFor)
            {
                lock (_lock)
                {
                    _knowsAll = false;
                    Interlocked.Increment(ref _gaps);
                }
            }

            Interlocked.Exchange(ref _heard, start);
            _renewals++;
            return true;
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            stopping.ThrowIfCancellationRequested();
            Unheard(logger, e.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "This process could not sign as a member of its stamp: {Reason}")]
    private static partial void Unheard(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "This process could not follow what its stamp says of tenants, and begins again")]
    private static partial void Again(ILogger logger, Exception exception);
}

/// <summary>One process's sign, in <c>activity</c>.</summary>
/// <param name="Region">The partition.</param>
/// <param name="Renewals">Higher with each.</param>
/// <param name="Kept">Tenants whose requests are stopped for a while: the revision of the charter that it keeps.</param>
/// <param name="Ttl">Seconds until it is forgotten.</param>
internal sealed record MemberSign(string Id, string Region, long Renewals, IReadOnlyDictionary<string, long> Kept, int Ttl);
