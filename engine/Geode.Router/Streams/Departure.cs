using Geode.Router.Configuration;

namespace Geode.Router.Streams;

/// <summary>Ends an origin's streams when it has been leaving, or unhealthy, for the grace period.</summary>
internal sealed class Departure(OpenStreams streams, TimeProvider time)
{
    private long _since;
    private Task _ending = Task.CompletedTask;

    /// <summary>To be called from time to time, by one caller at a time.</summary>
    public void Check(bool leaving, StreamOptions options, CancellationToken stop)
    {
        if (!leaving)
        {
            _since = 0;
            return;
        }

        if (_since == 0)
            _since = time.GetTimestamp();
        if (_ending.IsCompleted && streams.Count > 0 && time.GetElapsedTime(_since).TotalMilliseconds >= options.GraceMs)
            _ending = streams.EndAsync(TimeSpan.FromMilliseconds(options.SpreadMs), time, stop);
    }
}
