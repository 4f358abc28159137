namespace Geode.Topology;

/// <summary>The environment every process of a geode is started with, locally, under Aspire and in Azure. Nothing else is passed.</summary>
public static class PlanetEnvironment
{
    /// <summary>Name of the region this process belongs to.</summary>
    public const string Region = "Geode__Region";

    /// <summary>The effective planet: JSON, or the path of a JSON file.</summary>
    public const string Planet = "Geode__Planet";

    /// <summary><c>true</c> where <see cref="Planet"/> is the path of a file that is written anew when regions come or go: it counts as it is, and
    /// what lay over <c>geode.json</c> (<c>Geode__Regions__0__…</c>) would meet another region in it.</summary>
    public const string PlanetAsItIs = "Geode__PlanetAsItIs";

    /// <summary>The containers of a replica's database: JSON, or the path of a JSON file. Absent means that it makes none.</summary>
    public const string Containers = "Geode__Containers";

    /// <summary>A Cosmos DB connection string; <c>AccountEndpoint</c> alone means Azure identity.</summary>
    public const string Backplane = "ConnectionStrings__backplane";

    /// <summary>The connection string of the directory of tenants, where there are stamps.</summary>
    public const string DirectoryConnection = "ConnectionStrings__directory";

    /// <summary>Where there are stamps: the whole planet as JSON, of which <see cref="Planet"/> is then the process's own stamp.</summary>
    public const string WholePlanet = "Geode__WholePlanet";

    /// <summary>Followed by a stamp's name, for an Api: the base address to which requests for that stamp's tenants are passed on. Absent where the router
    /// follows a 421 by itself, as the local one does.</summary>
    public const string StampAddress = "Geode__Stamps__";

    /// <summary>Followed by a stamp's name, for a Worker: the connection string of that stamp's account, to move tenants there. Absent on one machine, where
    /// it follows from the planet, and for a stamp to which nobody of here may move one.</summary>
    public const string StampConnection = "ConnectionStrings__stamp-";

    /// <summary>For a replica where there are stamps: the directory of tenants as a planet, of which this process keeps its region's replica as
    /// well.</summary>
    public const string Directory = "Geode__Directory";

    /// <summary>Where there are attachments, followed by a region's name: its account of blobs. Locally a connection string of Azure Storage with
    /// <c>BlobEndpoint</c>, <c>BlobSecondaryEndpoint</c>, <c>AccountName</c> and <c>AccountKey</c>; in Azure an endpoint alone, which means Azure
    /// identity.</summary>
    public const string AttachmentsPrefix = "Geode__Attachments__";

    /// <summary>Where the process listens.</summary>
    public const string Urls = "ASPNETCORE_URLS";

    /// <summary>Passed through when set: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its kin.</summary>
    public const string TelemetryPrefix = "OTEL_";

    /// <summary>A replica's folder; absent means memory only.</summary>
    public const string DataFolder = "Geode__Backplane__Data";

    /// <summary>For a replica that joins a running planet: how often its regions have changed, so that session tokens agree on it.</summary>
    public const string Version = "Geode__Backplane__Version";

    /// <summary>Process whose end ends this one: its pid. Set by whoever starts the process.</summary>
    public const string Parent = "Geode__Parent";

    /// <summary>Address of the control API, for an Api whose page may break the planet and a Worker that applies plans. Absent where there is
    /// none, as in Azure.</summary>
    public const string Control = "Geode__Control";

    /// <summary>Address of the control API, for a router that has to wake geodes which sleep. Absent where there is none, as in Azure.</summary>
    public const string Wake = "Geode__Router__Wake";

    /// <summary>The key the public Cosmos DB emulators use unless told otherwise (documented by Microsoft; not a secret).</summary>
    public const string EmulatorKey =
        "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

    /// <summary>The key of the storage emulator's only account (documented by Microsoft; not a secret).</summary>
    public const string StorageEmulatorKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>For a geode's Api.</summary>
    /// <param name="instance">Its number, from 1.</param>
    public static IReadOnlyDictionary<string, string> ForApi(Planet planet, Region region, int instance = 1) =>
        ForService(planet, region, planet.Ports.Api(region, instance));

    /// <summary>For a geode's Worker.</summary>
    /// <param name="zone">Its zone, from 1.</param>
    public static IReadOnlyDictionary<string, string> ForWorker(Planet planet, Region region, int zone = 1) =>
        ForService(planet, region, planet.Ports.Worker(region, zone));

    /// <summary>For a region's replica; it takes its addresses and its peers' from the planet.</summary>
    /// <param name="dataFolder">Null: memory only.</param>
    /// <param name="containers">From <see cref="ContainerSource"/>; null: none is made.</param>
    public static IReadOnlyDictionary<string, string> ForBackplane(Planet planet, Region region, string? dataFolder, string? containers = null)
    {
        var environment = new Dictionary<string, string>
        {
            [Region] = region.Name,
            [Planet] = PlanetJson.Write(planet.AsSeenFrom(region)),
        };
        if (planet.Stamps.Count > 0)
            (environment[WholePlanet], environment[Directory]) = (PlanetJson.Write(planet), PlanetJson.Write(planet.Directory()));
        if (dataFolder is not null)
            environment[DataFolder] = dataFolder;
        if (containers is not null)
            environment[Containers] = containers;
        return environment;
    }

    /// <summary>For the router; it takes its addresses and the origins from the planet.</summary>
    public static IReadOnlyDictionary<string, string> ForRouter(Planet planet) => new Dictionary<string, string>
    {
        [Planet] = PlanetJson.Write(planet),
        [Urls] = PlanetPorts.Loopback(planet.Ports.Router),
    };

    /// <summary>The connection string of the local backplane for clients in that region.</summary>
    public static string ConnectionString(Planet planet, Region region) =>
        $"AccountEndpoint={PlanetPorts.Loopback(planet.Ports.BackplaneAccount(region))}/;AccountKey={EmulatorKey};";

    /// <summary>The connection string of a region's attachments on one machine. Its account is called as the region is: the region's own replica has it,
    /// and the replica of its pair the copy that can only be read.</summary>
    /// <exception cref="PlanetException">The region's pair is not of this planet.</exception>
    public static string AttachmentsConnection(Planet planet, Region region)
    {
        var pair = planet.RequirePair(region);
        return $"BlobEndpoint={Account(region)}/{region.Name};BlobSecondaryEndpoint={Account(pair)}/{region.Name}{PlanetPairs.Secondary};"
            + $"AccountName={region.Name};AccountKey={StorageEmulatorKey}";

        string Account(Region at) => PlanetPorts.Loopback(planet.Ports.BackplaneAccount(at));
    }

    private static Dictionary<string, string> ForService(Planet planet, Region region, int port)
    {
        var environment = new Dictionary<string, string>
        {
            [Region] = region.Name,
            [Planet] = PlanetJson.Write(planet.AsSeenFrom(region)),
            [Backplane] = ConnectionString(planet, region),
            [Urls] = PlanetPorts.Loopback(port),
        };
        if (planet.Attachments is not null && planet.Backplane.Kind == "local")
        {
            foreach (var at in planet.AsSeenFrom(region).Regions)
                environment[AttachmentsPrefix + at.Name] = AttachmentsConnection(planet, at);
        }

        if (planet.Stamps.Count > 0)
            (environment[WholePlanet], environment[DirectoryConnection]) = (PlanetJson.Write(planet), ConnectionString(planet, region.InDirectory()));
        return environment;
    }
}
