using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Feeds;

namespace Geode.Service.Roles;

/// <summary>Looks for the role's lease for as long as this process lives, and does the role's work while it has it.</summary>
internal sealed partial class RoleHolder(
    string name, IRole role, RoleLease lease, LeaseTimes times, FirstReady ready, TimeProvider clock, ILogger<RoleHolder> logger) : BackgroundService
{
    private readonly LastReason _reason = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await TryAcquireAsync(stoppingToken) is { } term)
                await HoldAsync(term, stoppingToken);
            await Task.Delay(times.Search, clock, stoppingToken);
        }
    }

    private async Task HoldAsync(RoleTerm term, CancellationToken stopping)
    {
        Taken(logger, name, term.Fence);
        using var sure = new CancellationTokenSource(lease.SureFor, clock);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(sure.Token, stopping);
        var work = WorkAsync(term, lost.Token);
        await RenewAsync(work, sure, lost.Token);
        await lost.CancelAsync();
        var worked = await work;
        await ReleaseAsync();
        Left(logger, name, term.Fence);
        // Whom it does not fail may come first.
        if (!worked)
            await Task.Delay(times.Duration, clock, stopping);
    }

    // Until the work ends, or the lease.
    private async Task RenewAsync(Task work, CancellationTokenSource sure, CancellationToken lost)
    {
        try
        {
            while (await Task.WhenAny(work, Task.Delay(times.Renewal, clock, lost)) != work && !lost.IsCancellationRequested)
            {
                if (await TryRenewAsync(lost) is false)
                    return;
                sure.CancelAfter(lease.SureFor);
            }
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // It has to stop, whatever the backplane would have answered.
        }
    }

    // False: it failed.
    private async Task<bool> WorkAsync(RoleTerm term, CancellationToken lost)
    {
        try
        {
            await role.HoldAsync(term, lost);
            return true;
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception e)
        {
            // The planet does without it until a holder can do it: this one later, or another.
            Failed(logger, name, e);
            return false;
        }
    }

    private async Task<RoleTerm?> TryAcquireAsync(CancellationToken cancellation)
    {
        try
        {
            var term = await lease.TryAcquireAsync(cancellation);
            _reason.Forget();
            return term;
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            cancellation.ThrowIfCancellationRequested();
            if (_reason.News(e) is { } reason)
                Waiting(logger, name, reason);
            return null;
        }
    }

    // Null: not known.
    private async Task<bool?> TryRenewAsync(CancellationToken lost)
    {
        try
        {
            return await lease.RenewAsync(lost);
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !lost.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task ReleaseAsync()
    {
        using var soon = new CancellationTokenSource(times.Renewal, clock);
        try
        {
            await lease.ReleaseAsync(soon.Token);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            if (_reason.News(e) is { } reason)
                Waiting(logger, name, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This process holds the role {Role}, with fence {Fence}")]
    private static partial void Taken(ILogger logger, string role, long fence);

    [LoggerMessage(Level = LogLevel.Information, Message = "This process no longer holds the role {Role}; its fence was {Fence}")]
    private static partial void Left(ILogger logger, string role, long fence);

    [LoggerMessage(Level = LogLevel.Error, Message = "The role {Role} failed and is given back")]
    private static partial void Failed(ILogger logger, string role, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The role {Role} waits for the backplane: {Reason}")]
    private static partial void Waiting(ILogger logger, string role, string reason);
}
