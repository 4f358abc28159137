namespace Geode.Topology;

/// <summary>Which region has a copy of another one's attachments.</summary>
public static class PlanetPairs
{
    /// <summary>After the name of an account: its copy in the pair, which can only be read. Azure's storage names it so too.</summary>
    public const string Secondary = "-secondary";

    // What the replica's own clients ask for under their account's address.
    private static readonly string[] NamesOfTheReplica = ["dbs", "offers", "addresses"];

    /// <summary>The name of the region's pair: its own <see cref="Region.Pair"/>, else Azure's; null: it has none.</summary>
    public static string? PairNameOf(this Region region) => region.Pair ?? AzureRegionPairs.Of(region.Name);

    /// <summary>The region's pair on this planet; null: it has none, or it is not of this planet, as may be so in Azure.</summary>
    public static Region? PairOf(this Planet planet, Region region) => region.PairNameOf() is { } name ? planet.Find(name) : null;

    /// <summary>The same, where it must have one.</summary>
    /// <exception cref="PlanetException">It has none on this planet.</exception>
    public static Region RequirePair(this Planet planet, Region region) =>
        planet.PairOf(region) ?? throw new PlanetException($"Region '{region?.Name}' has no pair on this planet.");

    /// <summary>The regions whose pair is this one: it has copies of their attachments.</summary>
    public static IReadOnlyList<Region> PairedWith(this Planet planet, Region region) => [.. planet.Regions.Where(r => planet.PairOf(r) == region)];

    /// <summary>Makes sure that a planet with attachments can be run on one machine: there each region's pair is a region of the planet, and the account
    /// of its attachments, which is called as the region is, can be told from others. In Azure the platform keeps the copies, wherever its pair is.</summary>
    /// <exception cref="PlanetException">It cannot; says what to add or to set.</exception>
    public static void CheckPairsForOneMachine(this Planet planet)
    {
        if (planet.Attachments is null || planet.Backplane.Kind != "local")
            return;
        for (var i = 0; i < planet.Regions.Count; i++)
        {
            var region = planet.Regions[i];
            if (planet.PairOf(region) is not { } pair || !planet.ShareData(region.Name, pair.Name))
                throw Lonely(planet, region, i);
            if (NamesOfTheReplica.Contains(region.Name) || (region.Name.EndsWith(Secondary, StringComparison.Ordinal) && planet.Find(region.Name[..^Secondary.Length]) is not null))
                throw new PlanetException($"{PlanetLoader.FileName}: regions[{i}].name: '{region.Name}' cannot be told from another address of the store of attachments; give the region another name, or take attachments out.");
        }
    }

    private static PlanetException Lonely(Planet planet, Region region, int i)
    {
        var others = planet.Regions.Where(r => r != region && planet.ShareData(region.Name, r.Name)).Select(r => r.Name).ToList();
        var stamp = planet.StampOf(region) is { } its ? $"stamp '{its.Name}'" : "this planet";
        var none = region.PairNameOf() is { } pair ? $"the pair of '{region.Name}', '{pair}', is not in {stamp}; add it there, or" : $"'{region.Name}' has no pair in Azure;";
        var choice = others.Count > 0 ? $"set this to one of {string.Join(", ", others)}" : $"add another region to {stamp}, and set this to it";
        return new($"{PlanetLoader.FileName}: regions[{i}].pair: attachments are copied to one other region, and {none} {choice}.");
    }
}
