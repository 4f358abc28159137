using Geode.Backplane.Tests.Sdk;
using Geode.TestKit.Http;

namespace Geode.Backplane.Tests.Http;

/// <summary>Messages by RFC 9112: what is wrong gets a clear status; what is merely unusual gets an answer to what it asks.</summary>
[Collection(SdkCollection.Name)]
public sealed class MessageTests(SdkServers servers)
{
    public static IEnumerable<object[]> Refused => MessageCases.Refused.Names;

    public static IEnumerable<object[]> Accepted => MessageCases.Accepted.Names;

    private int Port => new Uri(servers.One.Endpoint).Port;

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Wrong_ones_are_refused(string what)
    {
        var (_, bytes, statuses) = MessageCases.Refused.Named(what);
        var answer = Assert.Single(await RawConnection.ConverseAsync(Port, bytes));
        // Without a signature nobody looks at a body; that it is wrong shows when the server looks for the next request, and then it ends the connection.
        Assert.Contains(answer.Status, bytes.StartsWith("PUT ", StringComparison.Ordinal) ? [.. statuses, 401] : statuses);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task Unusual_ones_come_as_far_as_their_missing_signature(string what)
    {
        var answer = Assert.Single(await RawConnection.ConverseAsync(Port, MessageCases.Accepted.Named(what).Bytes));
        Assert.Equal(401, answer.Status);
        Assert.Equal("application/json", answer["Content-Type"]);
    }
}
