using Geode.Runtime.Hosting;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Geode.Runtime.Tests.Hosting;

public sealed class GeodeHostTests
{
    [Fact]
    public async Task The_users_mistake_is_exit_code_2() =>
        Assert.Equal(GeodeHost.BadConfiguration, await GeodeHost.RunAsync(() => throw new PlanetException("what is wrong")));

    [Fact]
    public async Task Ours_keeps_its_stack_trace() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => GeodeHost.RunAsync(() => throw new InvalidOperationException("bug")));

    [Fact]
    public async Task An_end_is_0() => Assert.Equal(GeodeHost.Ok, await GeodeHost.RunAsync(() => Task.CompletedTask));

    [Fact]
    public async Task A_taken_port_is_the_users_to_solve()
    {
        await using var first = Listener("http://127.0.0.1:0");
        await first.StartAsync();

        Assert.Equal(GeodeHost.BadConfiguration, await GeodeHost.RunAsync(() => Listener(first.Urls.Single()).RunAsync()));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("0")]
    public void A_parent_that_is_no_pid_is_refused(string parent)
    {
        var builder = WebApplication.CreateSlimBuilder([$"--Geode:Parent={parent}"]);
        var message = Assert.Throws<PlanetException>(() => builder.AddParentWatch()).Message;
        Assert.Contains($"'{parent}' is not a process id", message, StringComparison.Ordinal);
    }

    private static WebApplication Listener(string url) => WebApplication.CreateSlimBuilder([$"--urls={url}"]).Build();
}
