using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Geode.Tests.Planets;

/// <summary>An OpenTelemetry collector that keeps spans by trace: OTLP over HTTP, in protobuf.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<OtlpSpan>> _traces = new();

    private OtlpCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/traces", TakeAsync);
        // Metrics and logs are taken and forgotten.
        _app.MapPost("/{**rest}", () => Results.Ok());
    }

    /// <summary>Has a process export here. Only traces that somebody else began, and asked to be recorded, are.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_TRACES_SAMPLER"] = "parentbased_always_off",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "250",
    };

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>What has come of a trace so far.</summary>
    public IReadOnlyList<OtlpSpan> Spans(string traceId) => _traces.TryGetValue(traceId, out var spans) ? [.. spans] : [];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        foreach (var span in OtlpSpan.ReadAll(body.ToArray()))
            _traces.GetOrAdd(span.TraceId, _ => new()).Enqueue(span);
        return Results.Bytes([], "application/x-protobuf");
    }
}
