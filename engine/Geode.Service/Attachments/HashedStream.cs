using System.Security.Cryptography;
using Geode.Runtime.Hosting;

namespace Geode.Service.Attachments;

/// <summary>A stream that is read once, and the digest of what has been read of it.</summary>
internal sealed class HashedStream(Stream inner) : ForwardStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Reads what is left, and says the digest of all of it.</summary>
    public async Task<byte[]> DigestAsync(CancellationToken cancellation)
    {
        await CopyToAsync(Null, cancellation);
        return _hash.GetHashAndReset();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
