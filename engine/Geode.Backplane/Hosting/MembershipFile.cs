using System.Text.Json;
using Geode.Topology;

namespace Geode.Backplane.Hosting;

/// <summary>Remembers, beside a replica's log, which regions there were and how often they have changed: a session token of other
/// regions must have another version, also after a restart.</summary>
public static class MembershipFile
{
    private const string Name = "regions.json";

    private sealed record Content(long Version, IReadOnlyList<string> Regions);

    /// <param name="folder">The replica's; null: in memory.</param>
    /// <param name="atLeast">A version that the others have already.</param>
    public static Membership Open(string? folder, Planet planet, long atLeast)
    {
        var path = folder is null ? null : Path.Combine(folder, Name);
        if (path is null || !File.Exists(path))
            return Saved(folder, new Membership(planet, atLeast));
        var known = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path))
            ?? throw new InvalidDataException($"'{path}' is empty. Delete it and give every replica --Geode:Backplane:Version a number above the planet's present one.");
        var isSame = known.Regions.Order().SequenceEqual(planet.RegionNames.Order());
        return Saved(folder, new Membership(planet, Math.Max(atLeast, isSame ? known.Version : known.Version + 1)));
    }

    /// <summary>Keeps it for the next start.</summary>
    public static Membership Saved(string? folder, Membership membership)
    {
        if (folder is null)
            return membership;
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Name);
        File.WriteAllBytes(path + ".tmp", JsonSerializer.SerializeToUtf8Bytes(new Content(membership.Version, membership.Planet.RegionNames)));
        File.Move(path + ".tmp", path, overwrite: true);
        return membership;
    }
}
