namespace Geode.Router.Streams;

/// <summary>The streams that go through to one origin, so that they can be ended when it leaves.</summary>
internal sealed class OpenStreams
{
    private readonly HashSet<IEndableStream> _streams = [];

    public int Count
    {
        get
        {
            lock (_streams)
                return _streams.Count;
        }
    }

    public void Add(IEndableStream stream)
    {
        lock (_streams)
            _streams.Add(stream);
    }

    public void Remove(IEndableStream stream)
    {
        lock (_streams)
            _streams.Remove(stream);
    }

    /// <summary>Ends all that are open now, spread over some time.</summary>
    public async Task EndAsync(TimeSpan spread, TimeProvider time, CancellationToken cancel)
    {
        IEndableStream[] open;
        lock (_streams)
            open = [.. _streams];
        foreach (var stream in open)
        {
            stream.End();
            if (spread > TimeSpan.Zero)
                await Task.Delay(spread / open.Length, time, cancel);
        }
    }
}

/// <summary>Something a client reads from for long.</summary>
internal interface IEndableStream
{
    /// <summary>Ends it in the way its protocol has for "come back, you will be served elsewhere". Returns at once.</summary>
    void End();
}
