using System.Globalization;
using Geode.Router;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Geode.Bench.Router;

/// <summary><c>router-serve …</c>: the router itself, which tells what it has allocated when asked on standard input.</summary>
internal sealed class ServeCommand : IBenchCommand
{
    public string Name => "router-serve";

    public string? Summary => null;

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        await using var app = RouterApp.Build([.. args, "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft.AspNetCore=None"]);
        await app.StartAsync(stop);
        await Allocations.TellAsync(stop);
        return 0;
    }
}

/// <summary><c>router-yarp URL ORIGIN…</c>: YARP as its documentation sets it up, round robin over one cluster.</summary>
internal sealed class YarpCommand : IBenchCommand
{
    public string Name => "router-yarp";

    public string? Summary => null;

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(args[0]);
        var destinations = args[1..].Select((url, i) => (i, url)).ToDictionary(
            o => o.i.ToString(CultureInfo.InvariantCulture), o => new DestinationConfig { Address = o.url });
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "origins", Match = new RouteMatch { Path = "{**path}" } }],
            [new ClusterConfig { ClusterId = "origins", LoadBalancingPolicy = "RoundRobin", Destinations = destinations }]);
        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync(stop);
        await Allocations.TellAsync(stop);
        return 0;
    }
}

internal static class Allocations
{
    public static async Task TellAsync(CancellationToken stop)
    {
        while (await Console.In.ReadLineAsync(stop) is not null)
            Console.WriteLine(GC.GetTotalAllocatedBytes(precise: true));
    }
}
