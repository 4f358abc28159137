using Geode.Runtime.Hosting;

namespace Geode.Router.Forwarding;

/// <summary>A request's body as the client sends it, while an origin already reads it: knows what of a try's course is the client's
/// doing. Whatever goes wrong in reading it, whether the client left, was too slow, sent too much or sent nonsense, is the client's.</summary>
internal sealed class ClientBody(Stream client, TimeProvider time) : ForwardStream
{
    private OriginTry? _reader;
    private long _waited;
    private long _waitingSince;

    /// <summary>An origin's try has begun to read it, and no other one can.</summary>
    public bool Asked { get; private set; }

    /// <summary>An origin has been given some of it.</summary>
    public bool Begun { get; private set; }

    /// <summary>All of it has been read.</summary>
    public bool Ended { get; private set; }

    /// <summary>The client did not send it to its end, or not as it should.</summary>
    public bool Failed { get; private set; }

    /// <summary>Time the origin had to wait for the client.</summary>
    public TimeSpan Waited
    {
        get
        {
            var since = Volatile.Read(ref _waitingSince);
            var waited = time.GetElapsedTime(0, Volatile.Read(ref _waited));
            return since == 0 ? waited : waited + time.GetElapsedTime(since);
        }
    }

    /// <summary>It goes to this one; only ever to another one when none of it was read.</summary>
    public void GoesTo(OriginTry item) => _reader = item;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Asked = true;
        try
        {
            var reading = client.ReadAsync(buffer, cancellationToken);
            var read = reading.IsCompletedSuccessfully ? reading.Result : await WaitAsync(reading);
            // A read into nothing only asks whether there is something.
            Ended |= read == 0 && !buffer.IsEmpty;
            Begun |= read > 0;
            return read;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Failed = true;
            throw;
        }
    }

    private async ValueTask<int> WaitAsync(ValueTask<int> reading)
    {
        var since = time.GetTimestamp();
        Volatile.Write(ref _waitingSince, since);
        _reader?.WaitForClient();
        try
        {
            return await reading;
        }
        finally
        {
            _reader?.GoOn();
            Volatile.Write(ref _waited, _waited + time.GetTimestamp() - since);
            Volatile.Write(ref _waitingSince, 0);
        }
    }
}
