namespace Geode.Router.Streams;

/// <summary>The client's end of a WebSocket. Bytes pass through untouched; when the origin leaves, the client is sent a close
/// frame with 1001 ("going away") between two frames, and what the origin still says is dropped.</summary>
internal sealed class WebSocketStream : PassThroughStream, IEndableStream
{
    /// <summary>FIN, opcode close, two bytes: 1001.</summary>
    private static readonly byte[] GoingAway = [0x88, 0x02, 0x03, 0xE9];

    private readonly OpenStreams _streams;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly WebSocketFrames _frames = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _cut = new();
    private readonly EitherToken _either;
    private bool _ending;
    private bool _ended;

    /// <param name="patience">Time the client has to answer the close.</param>
    public WebSocketStream(Stream client, OpenStreams streams, TimeSpan patience, TimeProvider time)
        : base(client)
    {
        (_streams, _patience, _time) = (streams, patience, time);
        _either = new EitherToken(_cut.Token);
        streams.Add(this);
    }

    public void End() => _ = EndAsync();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await Inner.ReadAsync(buffer, _either.With(cancellationToken));
        }
        catch (OperationCanceledException) when (_cut.IsCancellationRequested)
        {
            throw new IOException("The client did not answer the close.");
        }

        // Whoever copies would go on waiting for the origin's last word, which may never come.
        return read == 0 && _ended ? throw new IOException("The client has gone, as it was asked to.") : read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_ended)
                return;
            await Inner.WriteAsync(buffer, cancellationToken);
            _frames.Advance(buffer.Span);
            if (_ending)
                await CloseAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _streams.Remove(this);
            _cut.Cancel();
            _either.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task EndAsync()
    {
        try
        {
            await _writing.WaitAsync(_cut.Token);
            try
            {
                _ending = true;
                await CloseAsync(_cut.Token);
            }
            finally
            {
                _writing.Release();
            }

            // The client answers the close, and that closes the origin's end. A client that does not is cut.
            await Task.Delay(_patience, _time, _cut.Token);
            await _cut.CancelAsync();
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The socket has ended by itself in the meantime, which is what was wanted.
        }
    }

    private async ValueTask CloseAsync(CancellationToken cancel)
    {
        if (_ended || !_frames.AtBoundary)
            return;
        _ended = true;
        await Inner.WriteAsync(GoingAway, cancel);
        await Inner.FlushAsync(cancel);
    }
}
