using Geode.Topology;

namespace Geode.Control;

/// <summary>The planet as it is now: regions come and go while it runs. Its file is what the router reads again after a change.</summary>
internal sealed class LivePlanet(Planet planet, string file)
{
    private volatile Planet _now = planet;

    public Planet Now => _now;

    /// <summary>From now on it is that.</summary>
    public void Become(Planet planet)
    {
        _now = planet;
        Save();
    }

    public void Save()
    {
        File.WriteAllText(file + ".tmp", PlanetJson.Write(_now));
        File.Move(file + ".tmp", file, overwrite: true);
    }
}
