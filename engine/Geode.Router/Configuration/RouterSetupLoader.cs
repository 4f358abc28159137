using Geode.Router.Clients;
using Geode.Topology;

namespace Geode.Router.Configuration;

/// <summary>Makes a valid <see cref="RouterSetup"/> from configuration: origins given one by one, else the planet's.</summary>
internal static class RouterSetupLoader
{
    // Whom an edge geode may serve, it serves first: others share the traffic of clients who are near to both.
    private const int BeforeAll = 0;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The router's own settings are wrong.</exception>
    /// <exception cref="PlanetException">The planet is missing or wrong.</exception>
    public static RouterSetup Load(IConfiguration configuration)
    {
        var origins = OriginsReader.Read(configuration.GetSection(RouterOptions.Section + ":Origins"));
        var planet = origins.Count == 0 ? PlanetLoader.FromConfiguration(configuration) : null;
        var options = RouterOptionsReader.Read(configuration);
        if (planet is not null)
        {
            origins = [.. planet.Regions.Select(r => new OriginDefinition(
                r.Name, new Uri(PlanetPorts.Loopback(planet.Ports.Api(r))), r.IsEdge ? BeforeAll : r.Priority, r.Weight, r.Location, r.IsEdge ? r.IsFor : null,
                planet.StampOf(r)?.Name))];
            options = options with
            {
                LatencyWindowMs = planet.Router.LatencyWindowMs,
                Admin = configuration[RouterOptions.Section + ":Admin"] ?? PlanetPorts.Loopback(planet.Ports.RouterAdmin),
                Region = options.Region ?? planet.Core[0].Name,
                Tenants = planet.Tenants,
                Limits = WithAttachments(options.Limits, planet, configuration),
            };
        }

        options = options with { Tenants = TenantSettingsCheck.Of(options.Tenants, origins) };
        var places = new PlaceBook(planet);
        RouterOptionsValidator.Validate(options, places);
        return new(options, origins, planet, places, Home(options, places), options.EmulateWan ?? planet is not null);
    }

    // What may be attached gets through, unless somebody says otherwise.
    private static LimitOptions WithAttachments(LimitOptions limits, Planet planet, IConfiguration configuration) =>
        planet.Attachments is { } attachments && configuration[RouterOptions.Section + ":Limits:MaxBodyBytes"] is null
            ? limits with { MaxBodyBytes = Math.Max(limits.MaxBodyBytes, attachments.MaxBytes) }
            : limits;

    private static ClientPlace Home(RouterOptions options, PlaceBook places)
    {
        if (options.Region is not { } name)
            return ClientPlace.Nowhere;
        return places.Find(name) ?? throw WrongSetting.Error(
            $"{RouterOptions.Section}:Region: unknown place '{name}'. Use a region of the planet, an Azure region or a known city.");
    }
}
