using System.Net;
using Geode.Backplane.Admin;
using Geode.Runtime.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Geode.Backplane.Hosting;

/// <summary>A backplane process, put together.</summary>
public static class BackplaneApp
{
    /// <exception cref="Geode.Topology.PlanetException">The arguments or the data folder are wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = NewBuilder();
        builder.Configuration.AddCommandLine([.. args.Select(a => a is "--all" or "--enforce-throughput" or "--entra" ? $"{a}=true" : a)], BackplaneOptions.Switches.ToDictionary());
        builder.AddGeodeRuntime(beginsTraces: false);
        var options = BackplaneOptions.Read(builder.Configuration);
        // It is at every request, to start a span that nobody listens to. Who exports telemetry listens by itself.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // Clients find another region by themselves: nothing is gained by refusing slowly.
        builder.Configuration["Geode:DrainMs"] ??= "0";
        if (options.Directory is { } directory)
        {
            builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<DirectoryAccount>(services, directory));
            builder.Services.AddHostedService(services => services.GetRequiredService<DirectoryAccount>());
        }

        var app = Build(builder, options);
        app.Services.GetRequiredService<BackplaneHost>().Directory = app.Services.GetService<DirectoryAccount>()?.Host;
        return app;
    }

    /// <summary>The account of a directory, without what there is once in a process.</summary>
    internal static WebApplication BuildDirectory(BackplaneOptions options, ILoggerFactory logs)
    {
        var builder = NewBuilder();
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, DirectoryAccount.LifetimeOfAnother>();
        builder.Services.AddSingleton<IStartupFilter, RefusedBodies>();
        builder.AddDrain();
        // The first account's has passed when this one is stopped.
        builder.Configuration["Geode:DrainMs"] = "0";
        return Build(builder, options);
    }

    private static WebApplicationBuilder NewBuilder() => WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

    private static WebApplication Build(WebApplicationBuilder builder, BackplaneOptions options)
    {
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "");
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<BackplaneHost>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BackplaneHost>());

        var app = builder.Build();
        var host = app.Services.GetRequiredService<BackplaneHost>();
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/_backplane") && host.IsAccountPort(http.Connection.LocalPort), admin =>
        {
            admin.UseRouting();
            admin.UseEndpoints(endpoints => endpoints.MapBackplaneAdmin(host));
        });
        app.Run(http =>
        {
            var region = host.OnPort(http.Connection.LocalPort);
            return region.Blobs?.ServingOf(http.Request) is { } serving && host.IsAccountPort(http.Connection.LocalPort)
                ? region.Blobs.HandleAsync(http, serving, region.Node.Outage.Mode)
                : region.Server.HandleAsync(http);
        });
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, BackplaneOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.UseStrictHttp();
        // Session tokens of a hundred regions are long.
        kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024;
        kestrel.Limits.MaxRequestBodySize = 64 << 20;
        foreach (var address in options.Listen.Values.SelectMany(l => l))
        {
            if (IPAddress.TryParse(address.Host, out var ip))
                kestrel.Listen(ip, address.Port);
            else if (address.IsLoopback)
                kestrel.ListenLocalhost(address.Port);
            else
                kestrel.ListenAnyIP(address.Port);
        }
    }
}
