using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>An attachment is asked for where it is, as long as somebody is well there.</summary>
public sealed class AttachmentTests
{
    private const string Planet = """{ "regions": ["westeurope", "northeurope", "eastus", "westus"], "attachments": {} }""";

    private const string Stamped =
        """{ "regions": ["westeurope", "northeurope", "eastus", "westus"], "attachments": {}, "stamps": [{ "name": "eu", "regions": ["westeurope", "northeurope"] }, { "name": "us", "regions": ["eastus", "westus"] }] }""";

    [Fact]
    public async Task One_is_read_at_the_nearer_of_its_region_and_the_pair()
    {
        await using var world = await PlanetWorld.StartAsync(Planet);
        Assert.Equal("westeurope", await world.ServedAsync("amsterdam", "/attachments/westeurope/1"));
        Assert.Equal("northeurope", await world.ServedAsync("newyork", "/attachments/westeurope/1"));
        Assert.Equal("northeurope", await world.ServedAsync("newyork", "/attachments/westeurope/1", HttpMethod.Head));
        Assert.Equal("northeurope", await world.ServedAsync("newyork", "/attachments/westeurope/1", HttpMethod.Delete));
        Assert.Equal("eastus", await world.ServedAsync("amsterdam", "/attachments/westus/1?a=b"));
        Assert.Equal("westus", await world.ServedAsync("losangeles", "/attachments/eastus/1"));
    }

    [Theory]
    [InlineData("/attachments/southeastasia/1", "GET")]
    [InlineData("/attachments/", "GET")]
    [InlineData("/attachments//1", "GET")]
    [InlineData("/attachments/westeurope", "GET")]
    [InlineData("/Attachments/westeurope/1", "GET")]
    [InlineData("/attachments/westeurope/1", "PUT")]
    [InlineData("/", "GET")]
    public async Task What_is_no_reading_of_one_goes_to_the_nearest(string path, string method)
    {
        await using var world = await PlanetWorld.StartAsync(Planet);
        Assert.Equal("eastus", await world.ServedAsync("newyork", path, new HttpMethod(method)));
    }

    [Fact]
    public async Task With_one_of_the_two_drained_or_dead_the_other_and_with_both_any()
    {
        await using var world = await PlanetWorld.StartAsync(Planet);
        await world.Router.Admin.PostAsync("/_router/origins/northeurope/drain", null);
        Assert.Equal("westeurope", await world.ServedAsync("newyork", "/attachments/westeurope/1"));
        await world["westeurope"].DisposeAsync();
        Assert.Equal("eastus", await world.ServedAsync("newyork", "/attachments/westeurope/1"));
        await world.Router.Admin.PostAsync("/_router/origins/northeurope/undrain", null);
        Assert.Equal("northeurope", await world.ServedAsync("newyork", "/attachments/westeurope/1"));
    }

    [Fact]
    public async Task On_a_planet_without_attachments_it_is_a_path_like_any_other()
    {
        await using var world = await PlanetWorld.StartAsync("""{ "regions": ["westeurope", "northeurope", "eastus", "westus"] }""");
        Assert.Equal("eastus", await world.ServedAsync("newyork", "/attachments/westeurope/1"));
        Assert.Null(world.Router.Snapshot.Attachments);
    }

    [Fact]
    public async Task A_tenant_who_is_known_to_have_moved_is_answered_where_he_is()
    {
        await using var world = await PlanetWorld.StartAsync(Stamped);
        world.Router.Snapshot.Tenants!.Correct("acme", "us");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/attachments/westeurope/1");
        request.Headers.Add("X-Tenant", "acme");
        using var answer = await world.Router.Client.SendAsync(request);
        Assert.Equal((1, 0), (world["eastus"].Requests + world["westus"].Requests, world["westeurope"].Requests + world["northeurope"].Requests));
    }

    [Fact]
    public async Task Another_stamp_is_never_asked()
    {
        await using var world = await PlanetWorld.StartAsync(Stamped);
        Assert.Equal("northeurope", await world.ServedAsync("newyork", "/attachments/westeurope/1"));
        foreach (var region in (string[])["westeurope", "northeurope"])
            await world.Router.Admin.PostAsync($"/_router/origins/{region}/drain", null);
        Assert.Equal("503", await world.ServedAsync("newyork", "/attachments/westeurope/1"));
        Assert.Equal((0, 0), (world["eastus"].Requests, world["westus"].Requests));
        Assert.Equal("eastus", await world.ServedAsync("newyork"));
    }
}
