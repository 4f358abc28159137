using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Nearest routing, seen from sockets bound in the places' loopback blocks.</summary>
public sealed class PlacesTests : IAsyncLifetime
{
    private PlanetWorld _world = null!;

    public async Task InitializeAsync() => _world = await PlanetWorld.StartAsync("""{ "regions": ["westeurope", "eastus", "southeastasia"] }""");

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("amsterdam", "westeurope")]
    [InlineData("newyork", "eastus")]
    [InlineData("singapore", "southeastasia")]
    [InlineData("sydney", "southeastasia")]
    [InlineData("losangeles", "eastus")]
    public async Task A_client_is_served_by_the_geode_nearest_to_its_place(string city, string region) =>
        Assert.Equal(region, await _world.ServedAsync(city));

    [Fact]
    public async Task A_client_without_a_place_is_where_the_router_is() =>
        Assert.Equal("westeurope", (await _world.Router.Client.GetAsync("/")).ServedBy());

    [Fact]
    public async Task When_the_nearest_drains_or_dies_the_next_nearest_serves()
    {
        await _world.Router.Admin.PostAsync("/_router/origins/southeastasia/drain", null);
        Assert.Equal("westeurope", await _world.ServedAsync("singapore"));
        await _world.Router.Admin.PostAsync("/_router/origins/southeastasia/undrain", null);
        Assert.Equal("southeastasia", await _world.ServedAsync("singapore"));
        await _world["southeastasia"].DisposeAsync();
        Assert.Equal("westeurope", await _world.ServedAsync("singapore"));
        Assert.Equal("eastus", await _world.ServedAsync("newyork"));
    }
}
