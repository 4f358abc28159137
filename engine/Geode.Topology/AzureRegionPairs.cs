using System.Collections.Frozen;

namespace Geode.Topology;

/// <summary>Which region Azure replicates geo-redundant storage of a region to: its pair. Nobody can choose another one.</summary>
/// <remarks>By "List of Azure regions" (learn.microsoft.com/azure/reliability/regions-list, as of 2025-03) and, for the two of Jio in India, by what
/// <c>az account list-locations</c> publishes. Regions that are in no row have no pair, as is so of nearly all since 2021: austriaeast, italynorth,
/// polandcentral, spaincentral and others. Four are paired in one direction only: the pair of their pair is another region.</remarks>
public static class AzureRegionPairs
{
    private static readonly (string One, string Other)[] InBothDirections =
    [
        ("australiacentral", "australiacentral2"),
        ("australiaeast", "australiasoutheast"),
        ("canadacentral", "canadaeast"),
        ("centralindia", "southindia"),
        ("centralus", "eastus2"),
        ("eastasia", "southeastasia"),
        ("eastus", "westus"),
        ("francecentral", "francesouth"),
        ("germanynorth", "germanywestcentral"),
        ("japaneast", "japanwest"),
        ("jioindiacentral", "jioindiawest"),
        ("koreacentral", "koreasouth"),
        ("northcentralus", "southcentralus"),
        ("northeurope", "westeurope"),
        ("norwayeast", "norwaywest"),
        ("southafricanorth", "southafricawest"),
        ("swedencentral", "swedensouth"),
        ("switzerlandnorth", "switzerlandwest"),
        ("uaecentral", "uaenorth"),
        ("uksouth", "ukwest"),
        ("westcentralus", "westus2"),
    ];

    private static readonly (string One, string Other)[] InOneDirection =
    [
        ("brazilsouth", "southcentralus"), // the one pair in another geography
        ("brazilsoutheast", "brazilsouth"),
        ("westindia", "southindia"),
        ("westus3", "eastus"),
    ];

    private static readonly FrozenDictionary<string, string> Pairs = InBothDirections.Concat(InOneDirection).Concat(InBothDirections.Select(p => (p.Other, p.One)))
        .ToFrozenDictionary(p => p.Item1, p => p.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>The pair of the region of that name (case-insensitive); null: it has none, or Azure has no such region.</summary>
    public static string? Of(string region) => Pairs.GetValueOrDefault(region);
}
