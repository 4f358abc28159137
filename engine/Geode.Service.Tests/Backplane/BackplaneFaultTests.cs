using System.Net;
using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Tests.Backplane;

public class BackplaneFaultTests
{
    [Fact]
    public void What_the_SDK_throws_is_a_fault_of_the_backplane()
    {
        Assert.True(BackplaneFault.Is(new CosmosException("no", HttpStatusCode.ServiceUnavailable, 0, "", 0)));
        Assert.True(BackplaneFault.Is(new HttpRequestException("refused")));
        Assert.True(BackplaneFault.Is(new OperationCanceledException("the SDK gave up")));
        Assert.True(BackplaneFault.Is(new AggregateException(new HttpRequestException("a"), new HttpRequestException("b"))));
    }

    [Fact]
    public void Our_own_mistakes_are_not()
    {
        Assert.False(BackplaneFault.Is(new InvalidOperationException()));
        Assert.False(BackplaneFault.Is(new AggregateException()));
        Assert.False(BackplaneFault.Is(new AggregateException(new HttpRequestException("a"), new InvalidOperationException())));
    }
}
