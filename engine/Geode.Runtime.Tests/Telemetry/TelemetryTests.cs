using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Geode.Runtime.Tests.Telemetry;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_arrive_and_say_who_speaks()
    {
        await using var collector = new Collector();
        await collector.StartAsync();

        await RunAsync(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--Geode:Region=westeurope");

        foreach (var signal in new[] { "/v1/traces", "/v1/metrics", "/v1/logs" })
        {
            var sent = collector.Received(signal);
            Assert.Contains("geode-api", sent, StringComparison.Ordinal);
            Assert.Contains("service.instance.id", sent, StringComparison.Ordinal);
            Assert.Contains("cloud.region", sent, StringComparison.Ordinal);
            Assert.Contains("westeurope", sent, StringComparison.Ordinal);
        }

        Assert.Contains("GET /hello", collector.Received("/v1/traces"), StringComparison.Ordinal);
        // Spans of requests by clients in this test run are caught too, with the whole address: only the server's are its own.
        Assert.DoesNotContain("GET /health/live", collector.Received("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", collector.Received("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("said hello", collector.Received("/v1/logs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_app_hosts_name_for_it_wins()
    {
        await using var collector = new Collector();
        await collector.StartAsync();

        await RunAsync(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--OTEL_SERVICE_NAME=api-weu");

        Assert.Contains("api-weu", collector.Received("/v1/traces"), StringComparison.Ordinal);
    }

    private static async Task RunAsync(params string[] args)
    {
        var builder = WebApplication.CreateBuilder([.. args, "--urls=http://127.0.0.1:0", "--Geode:DrainMs=0"]);
        builder.AddGeodeRuntime("geode-api");
        await using var app = builder.Build();
        app.UseGeodeRuntime();
        app.MapGet("/hello", (ILogger<TelemetryTests> logger) => logger.LogInformation("said hello"));
        await app.StartAsync();
        // This process traces its clients too; a caller from outside brings no trace along.
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new(app.Urls.Single()) };
        await client.GetAsync("/hello");
        await client.GetAsync("/health/live");
        await app.StopAsync();
    }

    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _received = new();
        private readonly WebApplication _app;

        public Collector()
        {
            var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            _app = builder.Build();
            _app.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                // Protobuf keeps text as it is.
                _received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            });
        }

        public string Address => _app.Urls.Single();

        public Task StartAsync() => _app.StartAsync();

        public string Received(string path) => string.Concat(_received.Where(request => request.Path == path).Select(request => request.Body));

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
