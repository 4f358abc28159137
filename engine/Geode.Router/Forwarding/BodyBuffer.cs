using System.Buffers;

namespace Geode.Router.Forwarding;

/// <summary>Keeps a small request body, so that it can be sent again.</summary>
internal static class BodyBuffer
{
    /// <summary>The whole body; or null when it is larger than <paramref name="limit"/>, and then it can still be read from the
    /// request as if nothing had been taken.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        if (request.ContentLength > limit)
            return null;
        var buffer = new ArrayBufferWriter<byte>((int)Math.Max(16, request.ContentLength ?? 1024));
        while (true)
        {
            var room = buffer.GetMemory(1);
            var read = await request.Body.ReadAsync(room[..Math.Min(room.Length, limit + 1 - buffer.WrittenCount)], cancel);
            if (read == 0)
                return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > limit)
            {
                request.Body = new PrefixedStream(buffer.WrittenMemory, request.Body);
                return null;
            }
        }
    }
}
