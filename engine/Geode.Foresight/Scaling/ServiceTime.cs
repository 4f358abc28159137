namespace Geode.Foresight.Scaling;

/// <summary>Learns online how long an instance works on a request, from what a geode reports.</summary>
/// <remarks>By Little's law (J. D. C. Little, <i>A Proof for the Queuing Formula L = λW</i>, 1961) the mean time of a request in a geode is
/// its requests in flight by its requests per second. That holds the waiting too, so the estimate goes down by what is seen at once and
/// up slowly, and up only while the geode is not overloaded: otherwise a queue would look like slow service, more instances
/// would be asked for than are needed, and a fault elsewhere would never be forgotten.</remarks>
public sealed class ServiceTime
{
    private const double Down = 0.2;
    private const double Up = 0.02;
    private const double LeastSeconds = 0.0001;
    private const double MostSeconds = 30;
    private readonly double _first;

    /// <param name="firstGuess">Seconds; counts until something was seen.</param>
    public ServiceTime(double firstGuess)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstGuess, 0);
        _first = Seconds = Math.Clamp(firstGuess, LeastSeconds, MostSeconds);
    }

    /// <summary>The estimate: from 0.1 ms to 30 s.</summary>
    public double Seconds { get; private set; }

    /// <summary>Whether anything was seen yet.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Takes what a geode says of itself. What says nothing (no or hardly any requests, not a number) changes nothing.</summary>
    /// <param name="requestsPerSecond">That it serves.</param>
    /// <param name="inFlight">That it works on.</param>
    /// <param name="overloaded">Whether requests are known to wait in it.</param>
    public void Observe(double requestsPerSecond, double inFlight, bool overloaded)
    {
        if (!double.IsFinite(requestsPerSecond) || !double.IsFinite(inFlight) || requestsPerSecond < 1 || inFlight <= 0)
            return;
        var seen = Math.Clamp(inFlight / requestsPerSecond, LeastSeconds, MostSeconds);
        if (!IsKnown)
        {
            // A first look at a geode in trouble is worth less than the guess.
            Seconds = overloaded ? Math.Min(seen, _first) : seen;
            IsKnown = !overloaded;
            return;
        }

        if (seen < Seconds)
            Seconds += Down * (seen - Seconds);
        else if (!overloaded)
            Seconds += Up * (Math.Min(seen, 2 * Seconds) - Seconds);
    }
}
