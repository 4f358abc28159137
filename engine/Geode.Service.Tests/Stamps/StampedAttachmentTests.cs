using System.Net;
using System.Net.Http.Headers;
using Geode.Topology;

namespace Geode.Service.Tests.Stamps;

/// <summary>An attachment is a tenant's, and in the stamp of that tenant.</summary>
[Collection(StampPlanetCollection.Name)]
public sealed class StampedAttachmentTests(StampPlanet planet)
{
    [Fact]
    public async Task One_that_is_nobodys_is_not_stored()
    {
        using var answer = await SendAsync(HttpMethod.Post, "attachments", planet.WestEurope, tenant: null, Picture());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("tenant: The request names none", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_geode_of_another_stamp_says_where_it_is()
    {
        await planet.PlaceAsync("painter", "eu", "");
        using var stored = await SendAsync(HttpMethod.Post, "attachments", planet.WestEurope, "painter", Picture());
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        var address = stored.Headers.Location!.ToString().TrimStart('/');

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            using var elsewhere = await SendAsync(method, address, planet.EastUs, tenant: null);
            Assert.Equal((HttpStatusCode.MisdirectedRequest, "eu"), (elsewhere.StatusCode, elsewhere.Headers.GetValues("X-Geode-Stamp").Single()));
        }

        using var read = await SendAsync(HttpMethod.Get, address, planet.NorthEurope, tenant: null);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var nowhere = await SendAsync(HttpMethod.Get, "attachments/westus/00000000000000000000000000000000", planet.EastUs, tenant: null);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Region at, string? tenant, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(planet.Address(at), path)) { Content = content };
        if (tenant is not null)
            request.Headers.Add("X-Tenant", tenant);
        return await planet.Client.SendAsync(request);
    }

    private static ByteArrayContent Picture() => new([1, 2, 3]) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
}
