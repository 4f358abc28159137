using System.Net.Http.Headers;
using Geode.Topology;

namespace Geode.Backplane.Replication;

/// <summary>The way to another region's replica.</summary>
public interface IPeer
{
    Region Region { get; }

    /// <exception cref="HttpRequestException">The peer cannot be reached or does not answer as one.</exception>
    Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation);
}

/// <summary>A replica in another process.</summary>
public sealed class HttpPeer(Region region, Uri endpoint, HttpClient http) : IPeer
{
    public const string Path = "/_backplane/pull";

    public Region Region => region;

    public async Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(request.Encode());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await http.PostAsync(new Uri(endpoint, Path), content, cancellation);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        try
        {
            return PullAnswer.Decode(body);
        }
        catch (InvalidDataException e)
        {
            throw new HttpRequestException($"{region.Name} answered a pull with something else: {e.Message}", e);
        }
    }
}

/// <summary>A replica in this process.</summary>
public sealed class LocalPeer(Region region, Func<PullSource> source) : IPeer
{
    public Region Region => region;

    public Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation) => source().AnswerAsync(request, cancellation);
}
