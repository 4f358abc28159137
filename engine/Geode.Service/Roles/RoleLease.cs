using System.Net;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Roles;

/// <summary>The lease of a role: one document at the meeting point, which its holder changes every few seconds. Who sees it unchanged for
/// longer than it lasts takes it. Each measures that by its own clock, so no two clocks need to agree on the time.</summary>
/// <remarks>While a partition lasts each side can have a holder. Their fences tell them apart: of what they write the higher fence wins, and
/// after the partition one of them finds the document changed by the other, and stops.</remarks>
public sealed class RoleLease(string role, LeaseTimes times, BackplaneClients clients, GeodeOptions options, Region region, TimeProvider clock)
{
    private readonly string _id = $"role.{role}";
    private (string ETag, long Since)? _seen;
    private string? _etag;
    private long _granted;

    /// <summary>Numbers its holders.</summary>
    public Fence Fence { get; } = new($"role.{role}", clients, options, region);

    /// <summary>Who this process is in the lease.</summary>
    public string Holder { get; } = $"{region.Name}-{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>For how long from now this process is sure to be the only holder; zero when it is none.</summary>
    public TimeSpan SureFor
    {
        get
        {
            var left = times.Duration - times.Margin - clock.GetElapsedTime(_granted);
            return _etag is null || left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }

    /// <summary>Takes the role if nobody holds it.</summary>
    /// <returns>Null while another holds it, or may.</returns>
    /// <exception cref="CosmosException">The backplane failed.</exception>
    public async Task<RoleTerm?> TryAcquireAsync(CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var (found, etag) = await ReadAsync(cancellation);
        if (found is { Holder.Length: > 0 } && found.Holder != Holder && !HasExpired(etag!))
            return null;
        if (!await TryWriteAsync(Record(Holder, (found?.Renewals ?? 0) + 1), etag, start, cancellation))
            return null;
        try
        {
            await Fence.RaiseAsync(cancellation);
        }
        catch
        {
            // Without a number of its own nothing it writes could be told from what others write.
            _etag = null;
            throw;
        }

        return SureFor > TimeSpan.Zero ? new(role, Holder, Fence.Current, clock.GetUtcNow(), Fence) : null;
    }

    /// <summary>Holds the role for longer.</summary>
    /// <returns>False when another holds it.</returns>
    /// <exception cref="CosmosException">The backplane failed: nothing is known, and <see cref="SureFor"/> runs on.</exception>
    public async Task<bool> RenewAsync(CancellationToken cancellation)
    {
        if (_etag is null)
            return false;
        var start = clock.GetTimestamp();
        var (found, etag) = await ReadAsync(cancellation);
        if (found?.Holder == Holder && await TryWriteAsync(Record(Holder, found.Renewals + 1), etag, start, cancellation))
            return true;
        Drop();
        return false;
    }

    /// <summary>Gives the role back at once, if it is held still.</summary>
    /// <exception cref="CosmosException">The backplane failed; the lease will expire.</exception>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        var etag = _etag;
        Drop();
        if (etag is null)
            return;
        var (found, current) = await ReadAsync(cancellation);
        if (found?.Holder == Holder)
            await TryWriteAsync(Record("", found.Renewals + 1), current, clock.GetTimestamp(), cancellation);
        _etag = null;
    }

    private void Drop()
    {
        _etag = null;
        Fence.Drop();
    }

    private LeaseRecord Record(string holder, long renewals) => new(_id, holder, region.Name, renewals, Instant.Now(clock));

    private bool HasExpired(string etag)
    {
        if (_seen is { } seen && seen.ETag == etag)
            return clock.GetElapsedTime(seen.Since) >= times.Duration;
        _seen = (etag, clock.GetTimestamp());
        return false;
    }

    private async Task<bool> TryWriteAsync(LeaseRecord record, string? etag, long start, CancellationToken cancellation)
    {
        var leases = clients.MeetingPoint.GetContainer(options.Leases);
        try
        {
            var answer = await leases.WriteAsync(record, _id, new(_id), etag, cancellation);
            (_etag, _granted) = (answer.ETag, start);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            // Someone else was there in between.
            return false;
        }
    }

    private async Task<(LeaseRecord? Record, string? ETag)> ReadAsync(CancellationToken cancellation)
    {
        var found = await clients.MeetingPoint.GetContainer(options.Leases).FindAsync<LeaseRecord>(_id, new(_id), options: null, cancellation);
        return (found?.Document, found?.ETag);
    }

    /// <param name="Holder">Empty: given back.</param>
    /// <param name="Renewals">Changes it, so that its version tells that its holder lives.</param>
    /// <param name="At">For people; nothing is decided by it.</param>
    private sealed record LeaseRecord(string Id, string Holder, string Region, long Renewals, string At);
}
