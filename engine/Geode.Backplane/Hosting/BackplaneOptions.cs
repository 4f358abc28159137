using System.Globalization;
using System.Net;
using Geode.Backplane.Accounts;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Storage;
using Geode.Topology;

namespace Geode.Backplane.Hosting;

/// <summary>What a backplane process was asked to serve.</summary>
/// <param name="Regions">The regions served by this process, in the planet's order.</param>
/// <param name="Listen">Per region, the addresses to listen on.</param>
/// <param name="DataFolder">Holds a folder per region; null: memory only.</param>
/// <param name="Keys">The account's keys.</param>
/// <param name="EnforceThroughput">Whether requests beyond an offer's throughput are answered 429.</param>
/// <param name="IsAlone">A single emulator of its own rather than a part of a planet.</param>
public sealed record BackplaneOptions(
    Planet Planet,
    IReadOnlyList<Region> Regions,
    IReadOnlyDictionary<Region, IReadOnlyList<Uri>> Listen,
    string? DataFolder,
    AccountKeys Keys,
    int Partitions,
    Durability Durability,
    bool IsAlone,
    bool EnforceThroughput = false)
{
    private const long LeastRange = 4096;

    /// <summary>Where the account's regions are.</summary>
    public RegionHosts Hosts { get; init; } = RegionHosts.Shared;

    /// <summary>Made at start where they are missing.</summary>
    public IReadOnlyList<ContainerDefinition> Containers { get; init; } = [];

    /// <summary>Who may do what with a Microsoft Entra token; null: they are not accepted.</summary>
    public DataRoles? EntraRoles { get; init; }

    /// <summary>A partition-key range whose items have more bytes than this is split.</summary>
    public long RangeBytes { get; init; } = ReplicaOptions.LargestRange;

    /// <summary>How often the planet's regions had changed when this process was started; see <see cref="Membership"/>.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The planet with all its stamps, of which <see cref="Planet"/> is one; null where there are no stamps.</summary>
    public Planet? WholePlanet { get; init; }

    /// <summary>The directory of tenants that this process serves beside it, in the same regions; null: none.</summary>
    public BackplaneOptions? Directory { get; init; }

    /// <summary>These are a directory's: small, and beside another account.</summary>
    public bool IsDirectory { get; init; }

    /// <summary>Where a region's replica keeps its data; null: in memory. A directory's is in that of the region, and goes with it.</summary>
    internal string? FolderOf(Region region) => DataFolder is not { } data ? null
        : IsDirectory ? Path.Combine(data, region.Name, "directory")
        : Path.Combine(data, region.Name);

    /// <summary>Options by their command-line names, as <c>AddCommandLine</c> maps them.</summary>
    public static IReadOnlyDictionary<string, string> Switches { get; } = new Dictionary<string, string>
    {
        ["--region"] = "Geode:Region",
        ["--all"] = "Geode:Backplane:All",
        ["--containers"] = "Geode:Containers",
        ["--data"] = "Geode:Backplane:Data",
        ["--key"] = "Geode:Backplane:Key",
        ["--secondary-key"] = "Geode:Backplane:SecondaryKey",
        ["--read-only-key"] = "Geode:Backplane:ReadOnlyKey",
        ["--secondary-read-only-key"] = "Geode:Backplane:SecondaryReadOnlyKey",
        ["--entra"] = "Geode:Backplane:Entra",
        ["--entra-roles"] = "Geode:Backplane:EntraRoles",
        ["--partitions"] = "Geode:Backplane:Partitions",
        ["--range-bytes"] = "Geode:Backplane:RangeBytes",
        ["--enforce-throughput"] = "Geode:Backplane:EnforceThroughput",
        ["--durability"] = "Geode:Backplane:Durability",
    };

    /// <summary>Reads the options.</summary>
    /// <exception cref="PlanetException">One of them is wrong; says which and what is allowed.</exception>
    public static BackplaneOptions Read(IConfiguration configuration)
    {
        var region = configuration["Geode:Region"];
        var all = bool.TryParse(configuration["Geode:Backplane:All"], out var everything) && everything;
        var urls = configuration["urls"];
        var isAlone = !all && string.IsNullOrWhiteSpace(region);
        if (isAlone && string.IsNullOrWhiteSpace(urls))
            throw new PlanetException("Say what to serve: --region NAME (one region of the planet), --all (every region), or --urls http://127.0.0.1:8081 (an emulator of its own).");
        var planet = isAlone ? Alone(urls!) : PlanetLoader.FromConfiguration(configuration);
        if (!isAlone)
            planet.CheckPairsForOneMachine();
        var hosts = isAlone ? RegionHosts.Shared : RegionHosts.For(planet);
        IReadOnlyList<Region> served = all || isAlone ? planet.Regions : [planet.Region(region!)];
        var account = new BackplaneOptions(
            planet,
            served,
            served.ToDictionary(r => r, r => isAlone ? ParseUrls(urls!) : PortsOf(planet, r, hosts)),
            configuration["Geode:Backplane:Data"] is { Length: > 0 } data ? Path.GetFullPath(data) : null,
            KeysOf(configuration),
            PartitionsOf(configuration["Geode:Backplane:Partitions"]),
            DurabilityOf(configuration["Geode:Backplane:Durability"]),
            isAlone,
            bool.TryParse(configuration["Geode:Backplane:EnforceThroughput"], out var enforce) && enforce)
        {
            Hosts = hosts,
            Containers = isAlone ? ContainerCatalog.Read(ContainerSource.Given(configuration)) : ContainerCatalog.FromConfiguration(configuration),
            EntraRoles = EntraRolesOf(configuration),
            RangeBytes = RangeBytesOf(configuration["Geode:Backplane:RangeBytes"]),
            Version = VersionOf(configuration["Geode:Backplane:Version"]),
            WholePlanet = isAlone ? null : StampsOptions.WholePlanetOf(configuration, served),
        };
        return isAlone ? account : account with { Directory = StampsOptions.DirectoryOf(configuration, account), Containers = StampsOptions.WithCharters(account) };
    }

    private static Planet Alone(string urls) => new()
    {
        Name = "geode",
        Regions = [new Region("local", "Local", 0, 0, 0)],
        Ports = new PlanetPorts(ParseUrls(urls)[0].Port - 22),
    };

    internal static IReadOnlyList<Uri> PortsOf(Planet planet, Region region, RegionHosts hosts) =>
    [
        new(PlanetPorts.Loopback(planet.Ports.BackplaneAccount(region))),
        new(PlanetPorts.Loopback(planet.Ports.BackplaneRegional(region))),
        .. hosts.ListensOn(region).Select(address => new Uri($"http://{new IPEndPoint(address, planet.Ports.BackplaneRegional(region))}")),
    ];

    private static IReadOnlyList<Uri> ParseUrls(string urls) =>
        [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(u =>
            Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme == "http"
                ? uri
                : throw new PlanetException($"--urls: '{u}' is not an address such as http://127.0.0.1:8081."))];

    private static AccountKeys KeysOf(IConfiguration configuration)
    {
        (string Option, string? Key)[] keys =
        [
            ("--key", KeyOf(configuration, "--key") ?? PlanetEnvironment.EmulatorKey),
            .. ((string[])["--secondary-key", "--read-only-key", "--secondary-read-only-key"]).Select(o => (o, KeyOf(configuration, o))),
        ];
        // One key cannot be told from another by what it may do.
        var given = keys.Where(k => k.Key is not null).GroupBy(k => k.Key).FirstOrDefault(g => g.Count() > 1);
        return given is null
            ? new AccountKeys(keys[0].Key!, keys[1].Key, keys[2].Key, keys[3].Key)
            : throw new PlanetException($"{string.Join(" and ", given.Select(g => g.Option))} are the same key: each must be another.");
    }

    private static string? KeyOf(IConfiguration configuration, string option)
    {
        var key = configuration[Switches[option]];
        if (string.IsNullOrWhiteSpace(key))
            return null;
        return Convert.TryFromBase64String(key, new byte[key.Length], out var length) && length > 0
            ? key
            : throw new PlanetException($"{option}: an account key must be base64.");
    }

    private static DataRoles? EntraRolesOf(IConfiguration configuration)
    {
        var file = configuration["Geode:Backplane:EntraRoles"];
        if (configuration["Geode:Backplane:Entra"] is not { Length: > 0 } text)
            return string.IsNullOrEmpty(file) ? null : DataRolesFile.Read(Path.GetFullPath(file));
        if (!bool.TryParse(text, out var isOn))
            throw new PlanetException($"--entra: '{text}' is not one of true, false.");
        return !isOn ? null : string.IsNullOrEmpty(file) ? DataRoles.Open : DataRolesFile.Read(Path.GetFullPath(file));
    }

    private static int PartitionsOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return 1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1000
            ? count
            : throw new PlanetException($"--partitions: '{text}' is not a number from 1 to 1000.");
    }

    private static long RangeBytesOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return ReplicaOptions.LargestRange;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes is >= LeastRange and <= ReplicaOptions.LargestRange
            ? bytes
            : throw new PlanetException($"--range-bytes: '{text}' is not a number from {LeastRange} to {ReplicaOptions.LargestRange}.");
    }

    private static long VersionOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return 1;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
            ? version
            : throw new PlanetException($"Geode:Backplane:Version: '{text}' is not a number from 1.");
    }

    private static Durability DurabilityOf(string? text) => text?.ToLowerInvariant() switch
    {
        null or "" or "batch" => Durability.Batch,
        "none" => Durability.None,
        _ => throw new PlanetException($"--durability: '{text}' is not one of batch, none."),
    };
}
