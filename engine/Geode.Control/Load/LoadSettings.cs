using Geode.Topology;

namespace Geode.Control.Load;

/// <summary>Which simulated clients to run; null takes the default.</summary>
/// <param name="Clients">How many, spread evenly over the places.</param>
/// <param name="RequestsPerSecond">Of all clients together.</param>
/// <param name="WriteShare">Share of requests that write, 0 to 1: one in four of these asks, the others vote.</param>
/// <param name="Places">Names of cities.</param>
/// <param name="Day">Null: every hour is like the others.</param>
/// <param name="Surge">Null: no city asks more than usual.</param>
internal sealed record LoadRequest(
    int? Clients, double? RequestsPerSecond, double? WriteShare, IReadOnlyList<string>? Places, DayRequest? Day = null, SurgeRequest? Surge = null)
{
    public const string Example =
        """{"clients": 48, "requestsPerSecond": 20, "writeShare": 0.05, "places": ["amsterdam", "singapore"], "day": {"minutes": 5, "start": "06:00"}, "surge": {"place": "amsterdam", "factor": 10, "seconds": 60}}""";

    private const int MostClients = 1000;
    private const double MostRequestsPerSecond = 5000;

    private static readonly string[] Globe =
    [
        "amsterdam", "london", "madrid", "stockholm", "newyork", "sanfrancisco", "chicago", "mexicocity", "saopaulo", "buenosaires", "lagos",
        "johannesburg", "cairo", "dubai", "mumbai", "singapore", "jakarta", "hongkong", "tokyo", "seoul", "sydney", "auckland",
    ];

    /// <exception cref="ControlException">400, naming the field and what is allowed.</exception>
    public LoadSettings Complete()
    {
        if (Clients is < 1 or > MostClients)
            throw ControlException.Invalid("clients", $"must be between 1 and {MostClients}.");
        if (RequestsPerSecond is not (null or (> 0 and <= MostRequestsPerSecond)))
            throw ControlException.Invalid("requestsPerSecond", $"must be above 0 and at most {MostRequestsPerSecond}.");
        if (WriteShare is not (null or (>= 0 and <= 1)))
            throw ControlException.Invalid("writeShare", "must be between 0 and 1.");
        if (Places is { Count: 0 })
            throw ControlException.Invalid("places", "give at least one, or leave them out for cities all over the globe.");
        var places = (Places ?? Globe).Select(Find).ToList();
        var settings = new LoadSettings(Clients ?? 44, RequestsPerSecond ?? 20, WriteShare ?? 0.05, places, Day?.Complete());
        return settings with { Surge = Surge?.Complete(settings) };
    }

    private static Place Find(string name) =>
        Topology.Places.Find(name) is { Number: > 0 } place
            ? place
            : throw new ControlException(400, $"places: '{name}' is no city with addresses of its own.", [.. Topology.Places.All.Select(p => p.Name)]);
}

/// <inheritdoc cref="LoadRequest"/>
internal sealed record LoadSettings(
    int Clients, double RequestsPerSecond, double WriteShare, IReadOnlyList<Place> Places, DaySettings? Day = null, SurgeSettings? Surge = null)
{
    /// <summary>Those that have a client; the last ones have none where there are fewer clients than places.</summary>
    public IReadOnlyList<Place> Cities { get; } = [.. Places.Distinct().Take(Clients)];

    /// <summary>Clients that live in that city.</summary>
    public int ClientsIn(Place city) => Enumerable.Range(0, Clients).Count(i => Places[i % Places.Count] == city);
}
