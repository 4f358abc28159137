using Microsoft.AspNetCore.Http;

namespace Geode.Runtime.Hosting;

/// <summary>A request's body that may be read up to so many bytes. More of it fails like a body that the server itself finds too large.</summary>
/// <exception cref="BadHttpRequestException">413, when reading: there are more.</exception>
internal sealed class CountedBody(Stream body, long most) : ForwardStream
{
    private long _read;

    public bool IsTooLarge => _read > most;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        _read += read;
        return IsTooLarge ? throw new BadHttpRequestException("Request body too large.", StatusCodes.Status413PayloadTooLarge) : read;
    }
}
