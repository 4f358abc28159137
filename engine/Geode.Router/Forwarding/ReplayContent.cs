using System.Net;

namespace Geode.Router.Forwarding;

/// <summary>A request body that is all here, and can be sent as often as needed.</summary>
internal sealed class ReplayContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;

    public ReplayContent(ReadOnlyMemory<byte> body, HttpContent? like)
    {
        _body = body;
        if (like is null)
            return;
        foreach (var header in like.Headers.NonValidated)
        {
            // The length is what we have, whatever was announced.
            if (!header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    public ReplayContent Again() => new(_body, this);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(_body, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
