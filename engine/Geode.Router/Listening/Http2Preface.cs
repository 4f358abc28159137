using System.Buffers;
using System.IO.Pipelines;

namespace Geode.Router.Listening;

/// <summary>How a client begins that knows beforehand that it wants HTTP/2 (RFC 9113 section 3.4). No request of HTTP/1.1 begins like it.</summary>
internal static class Http2Preface
{
    private static ReadOnlySpan<byte> Bytes => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Whether the connection begins with it. Nothing is taken from the input.</summary>
    /// <param name="idle">For the first byte.</param>
    /// <param name="started">For the rest, once there is one.</param>
    /// <exception cref="OperationCanceledException">The client is too slow.</exception>
    public static async ValueTask<bool> IsNextAsync(PipeReader input, TimeSpan idle, TimeSpan started)
    {
        if (input.TryRead(out var result))
        {
            if (Decide(input, result) is { } atOnce)
                return atOnce;
        }
        else if (Decide(input, await ReadAsync(input, idle)) is { } first)
        {
            return first;
        }

        while (true)
        {
            if (Decide(input, await ReadAsync(input, started)) is { } later)
                return later;
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(PipeReader input, TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        return await input.ReadAsync(patience.Token);
    }

    /// <summary>Null: so far it could be either.</summary>
    private static bool? Decide(PipeReader input, ReadResult result)
    {
        var buffer = result.Buffer;
        var begins = BeginsLike(buffer);
        bool? decided = !begins || result.IsCompleted ? begins && buffer.Length >= Bytes.Length
            : buffer.Length >= Bytes.Length ? true
            : null;
        input.AdvanceTo(buffer.Start, decided is null ? buffer.End : buffer.Start);
        return decided;
    }

    private static bool BeginsLike(in ReadOnlySequence<byte> buffer)
    {
        var expected = Bytes;
        foreach (var segment in buffer)
        {
            var length = Math.Min(segment.Length, expected.Length);
            if (!segment.Span[..length].SequenceEqual(expected[..length]))
                return false;
            expected = expected[length..];
            if (expected.IsEmpty)
                break;
        }

        return true;
    }
}
