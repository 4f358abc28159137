using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Http;

/// <summary>Tests through a router before one origin that takes HTTP/1.1 by the letter. In the end it must have met no offence.</summary>
/// <param name="settings">The router's.</param>
public abstract class StrictOriginTests(params string[] settings) : IAsyncLifetime
{
    private protected StrictOrigin Origin { get; } = new();

    private protected TestRouter Router { get; private set; } = null!;

    public async Task InitializeAsync() => Router = await TestRouter.StartAsync([Origin.Address], settings);

    public async Task DisposeAsync()
    {
        await Router.DisposeAsync();
        Assert.Empty(Origin.Offences);
        await Origin.DisposeAsync();
    }
}
