using Geode.Control.Events;
using Geode.Control.Terminal;
using Geode.Hosting.Processes;

namespace Geode.Hosting.Terminal;

/// <summary>The planet's events in the terminal; what its processes write is in the dashboard.</summary>
internal sealed class AspireScreen(Screen screen) : IPlanetScreen
{
    public void OnEvent(PlanetEvent happened) => screen.OnEvent(happened);
}
