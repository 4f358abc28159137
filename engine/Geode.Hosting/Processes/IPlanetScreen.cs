using Geode.Control.Events;

namespace Geode.Hosting.Processes;

/// <summary>Where a person sees what happens to the planet.</summary>
internal interface IPlanetScreen
{
    void OnEvent(PlanetEvent happened);
}
