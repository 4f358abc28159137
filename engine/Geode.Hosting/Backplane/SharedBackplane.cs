using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Hosting.Backplane;

/// <summary>Stores in place of a replica in each region: one that all geodes share or, where there are stamps, one for each and the directory of
/// tenants.</summary>
internal sealed class SharedBackplane
{
    private const string Name = "backplane";
    private const string Directory = "directory";
    private const string OfStamp = "stamp-";

    private readonly Planet _planet;
    private readonly Dictionary<string, IResourceWithConnectionString> _accounts = [];

    private SharedBackplane(Planet planet) => _planet = planet;

    /// <returns>Null: <c>backplane.kind</c> is <c>local</c>.</returns>
    /// <exception cref="PlanetException">The kind is unknown, or does not fit the planet.</exception>
    public static SharedBackplane? Add(IResourceBuilder<PlanetResource> planet)
    {
        var shared = new SharedBackplane(planet.Resource.Planet);
        switch (shared._planet.Backplane.Kind)
        {
            case "local":
                return null;
            case "emulator":
                shared._accounts[Name] = Emulator.Add(planet, Name).Resource;
                return shared;
            case "azure":
                foreach (var account in shared._planet.Stamps.Count == 0 ? [Name] : shared._planet.Stamps.Select(stamp => $"{Name}-{stamp.Name}").Append(Directory))
                    shared._accounts[account] = planet.ApplicationBuilder.AddConnectionString(account).Resource;
                return shared;
            default:
                throw new PlanetException($"backplane.kind: '{shared._planet.Backplane.Kind}' is unknown; allowed are local, emulator, azure.");
        }
    }

    /// <summary>The stores of a process, by the connection it knows each by. Who moves tenants knows those of other stamps to which they may go.</summary>
    public IEnumerable<(string Connection, IResourceWithConnectionString Account)> For(Region region, ProcessRole role)
    {
        if (_planet.StampOf(region) is not { } own)
            return [(Name, _accounts[Name])];
        var others = role == ProcessRole.Worker ? _planet.Stamps.Where(stamp => stamp != own && stamp.OpensTo(own)) : [];
        return [(Name, Of(own)), (Directory, _accounts[Directory]), .. others.Select(stamp => (OfStamp + stamp.Name, Of(stamp)))];
    }

    private IResourceWithConnectionString Of(Stamp stamp) => _accounts[$"{Name}-{stamp.Name}"];
}
