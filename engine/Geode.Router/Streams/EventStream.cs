namespace Geode.Router.Streams;

/// <summary>An origin's server-sent events. Ended, it reads as if the origin had finished; the client reconnects by itself, as
/// the standard has it, and drops an event that was cut.</summary>
internal sealed class EventStream : PassThroughStream, IEndableStream
{
    private readonly OpenStreams _streams;
    private readonly CancellationTokenSource _ended = new();
    private readonly EitherToken _either;

    public EventStream(Stream origin, OpenStreams streams)
        : base(origin)
    {
        _streams = streams;
        _either = new EitherToken(_ended.Token);
        streams.Add(this);
    }

    public void End() => _ended.Cancel();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Inner.ReadAsync(buffer, _either.With(cancellationToken));
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _streams.Remove(this);
            _either.Dispose();
        }

        base.Dispose(disposing);
    }
}
