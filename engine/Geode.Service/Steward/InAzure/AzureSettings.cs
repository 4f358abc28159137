using Azure.Core;
using Geode.Topology;

namespace Geode.Service.Steward.InAzure;

/// <summary>The resources that are this geode's own, by their ids: <c>Geode:Azure:App</c> and <c>Geode:Azure:Origin</c>. Absent: plans
/// cannot be acted on in Azure.</summary>
/// <param name="App">The container app of its Api.</param>
/// <param name="Origin">Its origin in Front Door.</param>
internal sealed record AzureSettings(ResourceIdentifier App, ResourceIdentifier Origin)
{
    private const string Section = "Geode:Azure";

    /// <summary>Whether any of it is given.</summary>
    public static bool IsGiven(IConfiguration configuration) => configuration.GetSection(Section).GetChildren().Any(given => !string.IsNullOrEmpty(given.Value));

    /// <exception cref="PlanetException">One is missing, or no id of such a resource.</exception>
    public static AzureSettings Of(IConfiguration configuration) => new(
        Id("App", configuration[$"{Section}:App"], "Microsoft.App/containerApps"),
        Id("Origin", configuration[$"{Section}:Origin"], "Microsoft.Cdn/profiles/originGroups/origins"));

    private static ResourceIdentifier Id(string name, string? text, string type)
    {
        ResourceIdentifier? id = null;
        if (text is not null && ResourceIdentifier.TryParse(text, out id) && Matches(id, type))
            return id!;
        throw new PlanetException(
            $"{Section}:{name}: {(string.IsNullOrEmpty(text) ? "missing" : $"'{text}' is no such id")}; expected the id of a {type}, /subscriptions/…/resourceGroups/…/providers/….");
    }

    private static bool Matches(ResourceIdentifier? id, string type) =>
        id is { Name.Length: > 0, SubscriptionId.Length: > 0 } && string.Equals(id.ResourceType.ToString(), type, StringComparison.OrdinalIgnoreCase);
}
