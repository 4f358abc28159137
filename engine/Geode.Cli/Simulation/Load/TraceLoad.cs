namespace Geode.Cli.Simulation.Load;

/// <summary>A trace, its requests spread evenly over places and within each minute.</summary>
/// <param name="trace">Requests by minute.</param>
/// <param name="places">How many places share them.</param>
/// <param name="scale">What a request of the trace stands for.</param>
/// <param name="minute">How long a minute of the trace takes: 60 s, or less where a day is compressed.</param>
internal sealed class TraceLoad(TraceFile trace, int places, double scale, TimeSpan minute) : ILoad
{
    public TimeSpan Length => minute * trace.Requests.Length;

    public long FirstMinute => trace.FirstMinute;

    public long Minutes => trace.Requests.Length;

    public void Rates(TimeSpan at, double[] rates)
    {
        var index = (int)(at / minute);
        var perSecond = index < trace.Requests.Length ? trace.Requests[index] * scale / minute.TotalSeconds : 0;
        Array.Fill(rates, perSecond / places);
    }
}
