using System.Net;

namespace Geode.Router.Streams;

/// <summary>The content of a response with server-sent events, which can be ended from here.</summary>
internal sealed class EventStreamContent : HttpContent
{
    private readonly HttpContent _origin;
    private readonly OpenStreams _streams;
    private EventStream? _stream;

    public EventStreamContent(HttpContent origin, OpenStreams streams)
    {
        (_origin, _streams) = (origin, streams);
        foreach (var header in origin.Headers.NonValidated)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    public static bool Is(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
        && type.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        _stream ??= new EventStream(await _origin.ReadAsStreamAsync(cancellationToken), _streams);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException("Read it as a stream.");

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream?.Dispose();
            _origin.Dispose();
        }

        base.Dispose(disposing);
    }
}
