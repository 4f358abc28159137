using System.Net;
using Geode.Service.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Geode.Service.Tests.Http;

public sealed class FrontDoorLockTests
{
    private const string Ours = "6f0b1a1e-3c52-4f3e-9a44-0d7b8a2f9c11";
    private const string Theirs = "0d7b8a2f-9c11-4f3e-9a44-6f0b1a1e3c52";

    public static TheoryData<string> Paths => ["/", "/api/questions", "/health/ready", "/health/live", "/nowhere"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Refuses_what_did_not_come_through_Front_Door(string path)
    {
        await using var app = await StartAsync(Ours);

        var answer = await app.GetTestClient().GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain(Ours, await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Refuses_another_profile(string path)
    {
        await using var app = await StartAsync(Ours);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, path, Theirs));
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    public async Task Admits_this_profile(string path, HttpStatusCode expected)
    {
        await using var app = await StartAsync(Ours);

        Assert.Equal(expected, await StatusAsync(app, path, Ours));
        Assert.Equal(expected, await StatusAsync(app, path, Ours.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(Ours + "0")]
    [InlineData(Ours + "," + Theirs)]
    public async Task Refuses_a_header_that_is_no_id(string header)
    {
        await using var app = await StartAsync(Ours);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "/", header));
    }

    [Fact]
    public async Task Refuses_the_right_id_beside_a_wrong_one()
    {
        await using var app = await StartAsync(Ours);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "/", Ours, Theirs));
    }

    [Fact]
    public async Task Locks_nothing_when_it_is_not_configured()
    {
        await using var app = await StartAsync(null);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/health/ready"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("front-door")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void Does_not_start_open_by_mistake(string id)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Build(id));

        Assert.Contains("Geode__FrontDoorId", error.Message);
        Assert.Contains("GUID", error.Message);
    }

    private static async Task<HttpStatusCode> StatusAsync(WebApplication app, string path, params string[] ids)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(FrontDoorLock.Header, ids);
        return (await app.GetTestClient().SendAsync(request)).StatusCode;
    }

    private static async Task<WebApplication> StartAsync(string? id)
    {
        var app = Build(id);
        await app.StartAsync();
        return app;
    }

    /// <summary>With the endpoints that matter: health ends in routing, before any middleware of the application.</summary>
    private static WebApplication Build(string? id)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        if (id is not null)
            builder.Configuration.AddInMemoryCollection([new(FrontDoorLock.Setting, id)]);
        builder.AddGeodeRuntime();
        FrontDoorLock.AddTo(builder.Services, builder.Configuration);
        var app = builder.Build();
        app.UseGeodeRuntime();
        app.MapGet("/", () => "here");
        return app;
    }
}
