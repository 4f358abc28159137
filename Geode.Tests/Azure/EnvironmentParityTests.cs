using System.Text.RegularExpressions;
using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Identity;
using Geode.Tests.Azure.Bicep;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Tests.Azure;

/// <summary>A process finds the same environment in Azure as on a laptop, and what it binds is what it is given.</summary>
public sealed partial class EnvironmentParityTests
{
    private const string App = "infra/modules/app.bicep";

    /// <summary>Azure.Identity's own; no part of the project reads it.</summary>
    private const string IdentityVariable = "AZURE_CLIENT_ID";

    private const string Account = "https://account.documents.azure.com:443/";

    [BicepFact]
    public async Task Variables_are_those_of_a_laptop() => Assert.Empty(await FaultsAsync(Sources.OfRepository));

    [BicepFact]
    public async Task So_they_are_where_there_are_stamps() => Assert.Empty(await FaultsAsync(Stamped));

    public static TheoryData<string, string, string, string> StampMutations => new()
    {
        { App, "'Geode__WholePlanet'", "'Geode__Whole'", "Geode__WholePlanet" },
        { App, "'Geode__WholePlanet', value: planetJson", "'Geode__WholePlanet', value: string(asStamp)", "whole" },
        { App, "regions: filter(numbered, other => contains(stamp.regions, other.name))", "regions: numbered", "another planet" },
        { App, "{ name: whole.regions[i], index: i }", "{ name: whole.regions[i] }", "another planet" },
        { App, "contains(stamp.regions, link.from) && ", "", "no planet" },
        { App, "{ mode: 'advise' }", "{}", "another planet" },
        { App, "format(names.directory, token)", "format(names.stampCosmos, token, stamp.name)", "directory" },
        { App, "token, stamp.name)) : cosmosEndpoint", "token, 'br')) : cosmosEndpoint", "backplane" },
        { App, "contains(['', stamp.?residency ?? ''], other.?residency ?? '')", "true", "ConnectionStrings__stamp-" },
        { App, "'ConnectionStrings__stamp-", "'ConnectionStrings__of-", "ConnectionStrings__stamp-" },
        { "infra/worker.bicep", "    movesTenants: true\n", "", "ConnectionStrings__stamp-" },
        { "infra/api.bicep", "'Geode__Stamps__", "'Geode__Stamp__", "Geode__Stamps__" },
        { "infra/api.bicep", "stampEndpoints[s].properties", "stampEndpoints[0].properties", "address" },
    };

    [BicepTheory]
    [MemberData(nameof(StampMutations))]
    public async Task A_difference_of_stamps_is_found(string path, string old, string replacement, string fault) =>
        Assert.Contains(await FaultsAsync(Stamped.With(path, old, replacement)), f => f.Contains(fault, StringComparison.Ordinal));

    private static Sources Stamped => Sources.OfRepository.WithPlanet(Planets.Stamped);

    public static TheoryData<string, string, string, string> Mutations => new()
    {
        { App, "Geode__Region", "Geode__Place", "Geode__Region" },
        { App, "'Geode__Planet'", "'GEODE_PLANET'", "Geode__Planet" },
        { App, "ConnectionStrings__backplane", "ConnectionStrings__cosmos", "ConnectionStrings__backplane" },
        { App, "ASPNETCORE_URLS", "URLS", "ASPNETCORE_URLS" },
        { App, "Geode__FrontDoorId", "Geode__FrontDoor", "Geode__FrontDoorId" },
        { App, "value: region.name }\n  { name: 'Geode__Planet'", "value: 'elsewhere' }\n  { name: 'Geode__Planet'", "elsewhere" },
        { App, "AccountEndpoint=", "Endpoint=", "backplane" },
        { App, "AccountEndpoint=${ownEndpoint};", "AccountEndpoint=${ownEndpoint};AccountKey=secret;", "key" },
        { App, "value: stamped ? string(asStamp) : planetJson", "value: '{}'", "planet" },
        { App, "http://+:${port}", "http://+:80", "port" },
        { App, "'X-Azure-FDID'", "'X-FDID'", "probe" },
        { App, "/health/ready", "/ready", "probe" },
        { "infra/api.bicep", "    frontDoorId: frontDoorId\n", "", "Geode__FrontDoorId" },
        { "infra/api.bicep", "    keysAccount: keysAccount\n", "", "Geode__Keys" },
        { App, "'Geode__Keys'", "'GEODE_KEYS'", "Geode__Keys" },
        { App, ":${verifies.value}", ":", "key ring" },
        { "infra/worker.bicep", "{ kind: 'azure' }", "{ kind: 'azure', database: 'other' }", "planet" },
    };

    [BicepTheory]
    [MemberData(nameof(Mutations))]
    public async Task A_difference_is_found(string path, string old, string replacement, string fault) =>
        Assert.Contains(await FaultsAsync(Sources.OfRepository.With(path, old, replacement)), f => f.Contains(fault, StringComparison.Ordinal));

    private static async Task<List<string>> FaultsAsync(Sources sources)
    {
        var faults = new List<string>();
        var azd = await Azd.UpAsync(sources);
        var planet = Planets.OfRepository(sources);
        foreach (var region in planet.Regions)
        {
            var own = planet.StampOf(region);
            Compare(App("api"), PlanetEnvironment.ForApi(planet, region), ["Geode__FrontDoorId", "Geode__Keys", .. planet.Stamps.Select(stamp => PlanetEnvironment.StampAddress + stamp.Name)]);
            Compare(App("worker"), PlanetEnvironment.ForWorker(planet, region), [.. planet.Stamps.Where(stamp => stamp != own && stamp.OpensTo(own!)).Select(stamp => PlanetEnvironment.StampConnection + stamp.Name)]);

            Deployed App(string name) =>
                azd.Services[name].Resources.Single(r => r.Type == "Microsoft.App/containerApps" && r.Body.At("location").Text() == region.Name);

            void Compare(Deployed app, IReadOnlyDictionary<string, string> local, params string[] onlyInAzure)
            {
                var given = Variables(app);
                var contract = given.Keys.Where(k => !k.StartsWith(PlanetEnvironment.TelemetryPrefix, StringComparison.Ordinal) && k != IdentityVariable).ToHashSet();
                contract.SymmetricExceptWith([.. local.Keys, .. onlyInAzure]);
                faults.AddRange(contract.Select(name => $"{app}: {name} is on one side only"));
                faults.AddRange(Bound(app, given, planet, region));
                faults.AddRange(BoundStamps(app, given, planet, region));
                faults.AddRange(Probes(app, given));
            }
        }

        return faults;
    }

    /// <summary>Reads the environment with the very code that reads it in the process.</summary>
    private static IEnumerable<string> Bound(Deployed app, IReadOnlyDictionary<string, string> given, Planet planet, Region region)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(given.Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), (string?)Known(v.Value))))
            .Build();
        if (configuration["Geode:Region"] is var name && name != region.Name)
            yield return $"{app}: the region is {name}";
        if (Try(() => PlanetLoader.FromConfiguration(configuration), out var error) is not { } bound)
            yield return $"{app}: no planet: {error}";
        else if (PlanetJson.Write(bound) != PlanetJson.Write(InAzure(planet).AsSeenFrom(region)))
            yield return $"{app}: another planet: {PlanetJson.Write(bound)}";
        var connection = Try(() => BackplaneConnection.Parse(configuration.GetConnectionString("backplane")), out error);
        if (connection is null)
            yield return $"{app}: no backplane: {error}";
        if (given.TryGetValue("Geode__Keys", out var keys) && Try(() => KeyRing.Parse(Known(keys)), out error) is null)
            yield return $"{app}: no key ring: {error}";
        if (connection?.Key is not null)
            yield return $"{app}: a key is given; identities are used in Azure";
        if (connection is not null && !IsOf(connection, planet.StampOf(region)?.Name))
            yield return $"{app}: another backplane: {connection.Endpoint}";
    }

    private static IEnumerable<string> BoundStamps(Deployed app, IReadOnlyDictionary<string, string> given, Planet planet, Region region)
    {
        if (planet.Stamps.Count == 0)
            yield break;
        if (given.GetValueOrDefault(PlanetEnvironment.WholePlanet) is not { } json || PlanetJson.Write(PlanetLoader.Parse(json, "whole")) != PlanetJson.Write(InAzure(planet)))
            yield return $"{app}: the whole planet is another";
        if (!BackplaneConnection.Parse(given.GetValueOrDefault(PlanetEnvironment.DirectoryConnection)).Endpoint.Host.StartsWith("directory-", StringComparison.Ordinal))
            yield return $"{app}: another directory";
        foreach (var stamp in planet.Stamps)
        {
            if (given.TryGetValue(PlanetEnvironment.StampConnection + stamp.Name, out var account) && !IsOf(BackplaneConnection.Parse(account), stamp.Name))
                yield return $"{app}: {account} is not the account of {stamp.Name}";
            // Front Door makes the rest of the name.
            if (given.TryGetValue(PlanetEnvironment.StampAddress + stamp.Name, out var address) && !address.EndsWith($"-{stamp.Name}.hostName>/", StringComparison.Ordinal))
                yield return $"{app}: {address} is not the address of {stamp.Name}";
        }
    }

    private static Planet InAzure(Planet planet) => planet with { Backplane = planet.Backplane with { Kind = "azure" } };

    private static bool IsOf(BackplaneConnection connection, string? stamp) => stamp is null
        ? connection.Endpoint == new Uri(Account)
        : connection.Endpoint.Host.StartsWith("cosmos-", StringComparison.Ordinal) && connection.Endpoint.Host.EndsWith($"-{stamp}.documents.azure.com", StringComparison.Ordinal);

    private static IEnumerable<string> Probes(Deployed app, IReadOnlyDictionary<string, string> given)
    {
        var container = app.Body.At("properties", "template", "containers", 0);
        var port = container.At("probes", 0, "httpGet", "port").Whole();
        if (given.GetValueOrDefault(PlanetEnvironment.Urls)?.EndsWith($":{port}", StringComparison.Ordinal) is not true)
            yield return $"{app}: listens on another port than its probes ask";
        if (app.Body.At("properties", "configuration", "ingress", "targetPort") is long target && target != port)
            yield return $"{app}: listens on another port than its ingress asks";

        var expected = new Dictionary<string, string>
        {
            ["Startup"] = HealthEndpoints.Live,
            ["Liveness"] = HealthEndpoints.Live,
            ["Readiness"] = HealthEndpoints.Ready,
        };
        foreach (var probe in container.At("probes").List())
        {
            if (probe.At("httpGet", "path").Text() != expected[probe.At("type").Text()])
                yield return $"{app}: a probe asks {probe.At("httpGet", "path")}";
            var header = probe.At("httpGet", "httpHeaders", 0);
            var locked = given.GetValueOrDefault("Geode__FrontDoorId");
            if ((header.At("name") as string, header.At("value") as string) != (locked is null ? null : "X-Azure-FDID", locked))
                yield return $"{app}: a probe does not pass the lock";
        }
    }

    /// <summary>A value as it is once what it comes from exists: the account's address, the two keys of the key ring.</summary>
    private static string Known(string value) => Runtime().Replace(value, match => match.Groups["what"].Value switch
    {
        "documentEndpoint" => Account,
        "keyName" => $"key{match.Groups["index"].Value}",
        "value" => Convert.ToBase64String(Enumerable.Repeat((byte)7, 64).ToArray()),
        _ => match.Value,
    });

    [GeneratedRegex(@"<[^>]*?(\.keys\.(?<index>\d)\.)?(?<what>[A-Za-z]+)>")]
    private static partial Regex Runtime();

    private static Dictionary<string, string> Variables(Deployed app)
    {
        var secrets = app.Body.At("properties", "configuration", "secrets").List().ToDictionary(s => s.At("name").Text(), s => s.At("value"));
        return app.Body.At("properties", "template", "containers", 0, "env").List().ToDictionary(
            v => v.At("name").Text(), v => Values.Write(v.At("secretRef") is string secret ? secrets[secret] : v.At("value")));
    }

    private static T? Try<T>(Func<T> make, out string? error)
        where T : class
    {
        error = null;
        try
        {
            return make();
        }
        catch (PlanetException e)
        {
            error = e.Message;
            return null;
        }
    }
}
