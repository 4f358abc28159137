using Geode.Control.Load;
using Geode.Topology;

namespace Geode.Bench.Drills.Days;

/// <summary>The day that is run twice, by real processes and in virtual time: who asks, how much, and what scales.</summary>
/// <param name="Mode">The steward's: <c>advise</c>, the autoscaler alone, or <c>act</c>.</param>
/// <param name="Requests">Per second of all cities together, on the mean of the day.</param>
/// <param name="TargetMilliseconds">In what time a geode shall answer, without the way.</param>
internal sealed record DayShape(string Mode, TimeSpan Length, double Requests, double TargetMilliseconds)
{
    public static readonly string[] Regions = ["westeurope", "eastus", "southeastasia"];

    private const int Most = 3;

    // So many that the pace is kept while answers take seconds: what is slow shows as late and not as less load.
    private const int ClientsForOne = 3;
    private const int MostClients = 1000;

    // The busiest hour is 1.62 times the mean: work for three; the quietest, 0.32 times it, for one.
    private const double OfCity = 0.6;

    private static readonly string[] Names = ["amsterdam", "newyork", "singapore"];

    public IReadOnlyList<Place> Cities { get; } = [.. Names.Select(name => Places.Find(name)!)];

    /// <summary>When it begins, at longitude 0.</summary>
    public DaySettings Day => new(Length, new(6, 0));

    public double RequestsOfCity => Requests / Cities.Count;

    /// <summary>So quick that a day of some minutes has its ups and downs.</summary>
    public ScaleSettings Scale => new(ConcurrentRequests: Math.Max(1, (int)Math.Round(OfCity * RequestsOfCity)), PollSeconds: 5, CooldownSeconds: 30, LocalMost: Most);

    /// <summary>The load of its clients; they follow the sun in the day, and do not before it.</summary>
    public LoadSettings Load(bool sun) => new LoadRequest(
        Math.Clamp((int)(Requests * ClientsForOne), Cities.Count, MostClients), Requests, WriteShare: null, Names, sun ? new(Length.TotalMinutes, "06:00") : null).Complete();

    /// <summary>What is otherwise than <c>geode.json</c> says. The mode comes with the day: what is measured before it has people act.</summary>
    public Planet On(Planet planet) => planet with
    {
        Scale = Scale,
        Steward = planet.Steward with { Mode = "advise", DayMinutes = Math.Max(1, (int)Math.Round(Length.TotalMinutes)) },
    };
}
