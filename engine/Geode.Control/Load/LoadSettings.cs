using Geode.Topology;

namespace Geode.Control.Load;

/// <summary>Which simulated clients to run; null takes the default.</summary>
/// <param name="Clients">How many, spread evenly over the places.</param>
/// <param name="RequestsPerSecond">Of all clients together.</param>
/// <param name="WriteShare">Share of requests that write, 0 to 1: one in four of these asks, the others vote.</param>
/// <param name="Places">Names of cities.</param>
internal sealed record LoadRequest(int? Clients, double? RequestsPerSecond, double? WriteShare, IReadOnlyList<string>? Places)
{
    public const string Example = """{"clients": 48, "requestsPerSecond": 20, "writeShare": 0.05, "places": ["amsterdam", "singapore"]}""";

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
        return new(Clients ?? 44, RequestsPerSecond ?? 20, WriteShare ?? 0.05, places);
    }

    private static Place Find(string name) =>
        Topology.Places.Find(name) is { Number: > 0 } place
            ? place
            : throw new ControlException(400, $"places: '{name}' is no city with addresses of its own.", [.. Topology.Places.All.Select(p => p.Name)]);
}

/// <inheritdoc cref="LoadRequest"/>
internal sealed record LoadSettings(int Clients, double RequestsPerSecond, double WriteShare, IReadOnlyList<Place> Places);
