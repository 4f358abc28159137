using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Geode.Runtime.Telemetry;

/// <summary>Records what a request from outside caused, wherever in the planet, and not what the planet does by itself all day: replication,
/// leases, empty feeds and looks at each other would bury every request.</summary>
internal sealed class RequestSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters parameters) =>
        new(parameters.Kind == ActivityKind.Server ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
}

/// <summary>Use of <see cref="RequestSampler"/>.</summary>
public static class RequestSamplerExtensions
{
    private const string Chosen = "OTEL_TRACES_SAMPLER";

    /// <summary>Of traces that begin here only those that a request began; of others what their beginner decided. <c>OTEL_TRACES_SAMPLER</c>
    /// says something else.</summary>
    /// <param name="begins">False: no trace begins here, not even with a request.</param>
    public static TracerProviderBuilder AddRequestSampling(this TracerProviderBuilder tracing, bool begins = true) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Chosen))
            ? tracing.SetSampler(new ParentBasedSampler(begins ? new RequestSampler() : new AlwaysOffSampler()))
            : tracing;
}
