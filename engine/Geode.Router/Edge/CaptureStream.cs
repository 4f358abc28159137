using System.Buffers;
using Geode.Router.Streams;

namespace Geode.Router.Edge;

/// <summary>Passes a body on to the client and keeps a copy, as long as it is not too large.</summary>
/// <param name="flight">Who waits for the copy is told to go on alone when the client takes it too slowly: it could else keep all others
/// waiting. Null: nobody waits.</param>
internal sealed class CaptureStream(Stream client, int limit, Flight? flight, TimeProvider time) : PassThroughStream(client)
{
    /// <summary>For one piece of the body.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private ArrayBufferWriter<byte>? _kept = new();

    /// <summary>What went through; null when it was too much.</summary>
    public ReadOnlyMemory<byte>? Captured => _kept?.WrittenMemory;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var write = Inner.WriteAsync(buffer, cancellationToken);
        if (flight is null or { Landed.IsCompleted: true } || write.IsCompleted)
            await write;
        else
            await PatientlyAsync(write.AsTask(), flight);
        if (_kept?.WrittenCount + buffer.Length > limit)
            _kept = null;
        _kept?.Write(buffer.Span);
    }

    private async Task PatientlyAsync(Task write, Flight others)
    {
        try
        {
            await write.WaitAsync(Patience, time);
        }
        catch (TimeoutException) when (!write.IsCompleted)
        {
            others.Land(FlightResult.NotShared);
            await write;
        }
    }
}
