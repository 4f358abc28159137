using Geode.Topology;

namespace Geode.Cli.Simulation.Load;

/// <summary>Each place has its day by its longitude: most at three in the afternoon, a fifth of it at three at night, all places alike.</summary>
internal sealed class SunLoad : ILoad
{
    private const double Night = 0.2;
    private const double BusiestHour = 15;
    private readonly double[] _longitudes;
    private readonly TimeSpan _day;
    private readonly double _each;

    /// <param name="places">Where clients are.</param>
    /// <param name="peak">Requests per second of the whole planet at its busiest time.</param>
    /// <param name="length">How long it is asked for.</param>
    /// <param name="day">How long a day is.</param>
    public SunLoad(IReadOnlyList<Place> places, double peak, TimeSpan length, TimeSpan day)
    {
        _longitudes = [.. places.Select(p => p.Location.Longitude)];
        (_day, Length) = (day, length);
        var busiest = Enumerable.Range(0, 1440).Max(minute => _longitudes.Sum(l => Of(l, minute / 1440.0)));
        _each = peak / busiest;
    }

    public TimeSpan Length { get; }

    public long FirstMinute => 0;

    public long Minutes => (long)Math.Ceiling(Length / _day * 1440);

    public void Rates(TimeSpan at, double[] rates)
    {
        for (var place = 0; place < rates.Length; place++)
            rates[place] = _each * Of(_longitudes[place], at / _day);
    }

    private static double Of(double longitude, double day)
    {
        var hour = 24 * day + longitude / 15;
        return Night + (1 - Night) * (1 + Math.Cos(2 * Math.PI * (hour - BusiestHour) / 24)) / 2;
    }
}
