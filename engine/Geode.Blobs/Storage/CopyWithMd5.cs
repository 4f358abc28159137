using System.Buffers;
using System.Security.Cryptography;

namespace Geode.Blobs.Storage;

/// <summary>Copies contents and computes their digest on the way.</summary>
internal static class CopyWithMd5
{
    private const int Chunk = 128 * 1024;

    /// <exception cref="ContentTooLargeException">There are more bytes than the limit.</exception>
    public static async Task<(long Length, byte[] Md5)> CopyAsync(IEnumerable<Stream> parts, Stream to, long limit, CancellationToken cancellation)
    {
        // The protocol names content by this digest; nothing is kept safe by it.
#pragma warning disable CA5351
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            var length = 0L;
            foreach (var part in parts)
            {
                while (await part.ReadAsync(buffer, cancellation) is var read and > 0)
                {
                    if ((length += read) > limit)
                        throw new ContentTooLargeException(limit);
                    digest.AppendData(buffer, 0, read);
                    await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
                }
            }

            return (length, digest.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
