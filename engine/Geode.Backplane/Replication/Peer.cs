using System.Net.Http.Headers;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Snapshots;
using Geode.Topology;

namespace Geode.Backplane.Replication;

/// <summary>The way to another region's replica.</summary>
public interface IPeer
{
    Region Region { get; }

    /// <exception cref="HttpRequestException">The peer cannot be reached or does not answer as one.</exception>
    Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation);

    /// <summary>What the peer has on its disk.</summary>
    /// <exception cref="HttpRequestException">The peer cannot be reached or does not answer as one.</exception>
    Task<VersionVector> HasAsync(CancellationToken cancellation);

    /// <summary>The peer's whole state.</summary>
    /// <exception cref="HttpRequestException">The peer cannot be reached or does not answer as one.</exception>
    Task<Snapshot> SaveAsync(CancellationToken cancellation);
}

/// <summary>A replica in another process.</summary>
/// <param name="patient">For whole states, which take longer than a pull may.</param>
public sealed class HttpPeer(Region region, Uri endpoint, HttpClient http, HttpClient patient) : IPeer
{
    public const string Path = "/_backplane/pull";
    public const string VectorPath = "/_backplane/vector";
    public const string SeedPath = "/_backplane/seed";

    public Region Region => region;

    public async Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(request.Encode());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await http.PostAsync(new Uri(endpoint, Path), content, cancellation);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        return Decode(() => PullAnswer.Decode(body));
    }

    public async Task<VersionVector> HasAsync(CancellationToken cancellation)
    {
        var body = await http.GetByteArrayAsync(new Uri(endpoint, VectorPath), cancellation);
        return Decode(() =>
        {
            ReadOnlySpan<byte> rest = body;
            return CommitCodec.ReadVector(ref rest);
        });
    }

    public async Task<Snapshot> SaveAsync(CancellationToken cancellation)
    {
        using var response = await patient.GetAsync(new Uri(endpoint, SeedPath), cancellation);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        return Decode(() => SnapshotReader.Read(body));
    }

    private T Decode<T>(Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (InvalidDataException e)
        {
            throw new HttpRequestException($"{region.Name} answered with something else: {e.Message}", e);
        }
    }
}

/// <summary>A replica in this process.</summary>
public sealed class LocalPeer(Region region, Func<BackplaneReplica> at) : IPeer
{
    public Region Region => region;

    public Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation) => at().Source.AnswerAsync(request, cancellation);

    public Task<VersionVector> HasAsync(CancellationToken cancellation) => Task.FromResult(at().Replica.Durable);

    public Task<Snapshot> SaveAsync(CancellationToken cancellation) => at().Replica.SaveAsync();
}

/// <summary>A replica and its giving side.</summary>
public sealed record BackplaneReplica(Replica Replica, PullSource Source);
