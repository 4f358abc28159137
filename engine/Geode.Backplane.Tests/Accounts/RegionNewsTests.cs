using System.Net;
using System.Text;
using Geode.Backplane.Accounts;
using Geode.Topology;

namespace Geode.Backplane.Tests.Accounts;

public sealed class RegionNewsTests
{
    private static readonly Planet Planet = PlanetLoader.Parse("""{"regions": ["eastus"]}""", "test");

    [Fact]
    public async Task A_replica_without_news_is_there() =>
        Assert.Equal(new RegionNews(true, null), await AskAsync(new HttpResponseMessage(HttpStatusCode.NotFound)));

    [Fact]
    public async Task A_replica_that_dies_while_it_answers_does_not_answer()
    {
        Assert.Null(await AskAsync(new HttpResponseMessage { Content = new StreamContent(new BrokenStream()) }));
        Assert.Null(await AskAsync(new HttpResponseMessage { Content = new StringContent("{\"isListed\":", Encoding.UTF8, "application/json") }));
        Assert.Null(await AskAsync(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)));
    }

    [Fact]
    public async Task What_it_says_is_taken() => Assert.Equal(
        new RegionNews(false, null), await AskAsync(new HttpResponseMessage { Content = new StringContent("{\"isListed\":false}", Encoding.UTF8, "application/json") }));

    private static async Task<RegionNews?> AskAsync(HttpResponseMessage answer)
    {
        using var http = new HttpClient(new Answers(answer));
        return await RegionNews.FromAsync(Planet, Planet.Regions[0], http, CancellationToken.None);
    }

    private sealed class Answers(HttpResponseMessage answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new HttpIOException(HttpRequestError.ResponseEnded);
    }
}
