using Geode.Router.Tests.Support;
using Geode.TestKit.Http;

namespace Geode.Router.Tests.Http;

/// <summary>Messages by RFC 9112: what is wrong gets a clear status and reaches no origin; what is merely unusual is served.</summary>
public sealed class MessageTests : StrictOriginTests
{
    public static IEnumerable<object[]> Refused => MessageCases.Refused.Names;

    public static IEnumerable<object[]> Accepted => MessageCases.Accepted.Names;

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Wrong_ones_are_refused(string what)
    {
        var (_, bytes, statuses) = MessageCases.Refused.Named(what);
        var answer = Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, bytes));
        Assert.Contains(answer.Status, statuses);
        // Who sends a body piece by piece has reached an origin before it goes wrong; then what it got is no request.
        Assert.Empty(Origin.Received);
        Assert.Empty(Origin.Offences);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task Unusual_ones_are_served(string what)
    {
        var answer = Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, MessageCases.Accepted.Named(what).Bytes));
        Assert.Equal(200, answer.Status);
        Assert.Single(Origin.Received);
        Assert.Empty(Origin.Offences);
    }
}
