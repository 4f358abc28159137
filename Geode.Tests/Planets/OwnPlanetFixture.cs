using Geode.Testing;

namespace Geode.Tests.Planets;

/// <summary>A planet of real processes with settings of its own.</summary>
public abstract class OwnPlanetFixture(TestPlanetOptions options) : IAsyncLifetime
{
    private TestPlanet? _planet;

    public TestPlanet Planet => _planet ?? throw new InvalidOperationException("The planet has not started.");

    public async Task InitializeAsync() => _planet = await TestPlanet.StartLocalAsync(options);

    public async Task DisposeAsync()
    {
        if (_planet is not null)
            await _planet.DisposeAsync();
    }
}
