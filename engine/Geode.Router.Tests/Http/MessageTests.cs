using Geode.Router.Tests.Support;
using Geode.TestKit.Http;

namespace Geode.Router.Tests.Http;

/// <summary>Messages by RFC 9112: what is wrong gets a clear status and reaches no origin; what is merely unusual is served.</summary>
public sealed class MessageTests : IAsyncLifetime
{
    private readonly StrictOrigin _origin = new();
    private TestRouter _router = null!;

    public static IEnumerable<object[]> Refused => MessageCases.Refused.Names;

    public static IEnumerable<object[]> Accepted => MessageCases.Accepted.Names;

    public async Task InitializeAsync() => _router = await TestRouter.StartAsync([_origin.Address]);

    public async Task DisposeAsync()
    {
        await _router.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Wrong_ones_are_refused(string what)
    {
        var (_, bytes, statuses) = MessageCases.Refused.Named(what);
        var answer = Assert.Single(await RawConnection.ConverseAsync(_router.Address.Port, bytes));
        Assert.Contains(answer.Status, statuses);
        // Who sends a body piece by piece has reached an origin before it goes wrong; then what it got is no request.
        Assert.Empty(_origin.Received);
        Assert.Empty(_origin.Offences);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task Unusual_ones_are_served(string what)
    {
        var answer = Assert.Single(await RawConnection.ConverseAsync(_router.Address.Port, MessageCases.Accepted.Named(what).Bytes));
        Assert.Equal(200, answer.Status);
        Assert.Single(_origin.Received);
        Assert.Empty(_origin.Offences);
    }
}
