using System.Diagnostics;
using Geode.Runtime.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Geode.Runtime.Tests.Telemetry;

public sealed class RequestSamplerTests
{
    private static readonly ActivitySource Source = new("Geode.Runtime.Tests.RequestSampler");

    [Theory]
    [InlineData(ActivityKind.Server, true)]
    [InlineData(ActivityKind.Client, false)]
    [InlineData(ActivityKind.Internal, false)]
    [InlineData(ActivityKind.Consumer, false)]
    public void Of_what_begins_here_requests_are_recorded(ActivityKind kind, bool recorded) => Assert.Equal(recorded, Records(kind, parent: default));

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, true)]
    [InlineData(ActivityTraceFlags.None, false)]
    public void Of_what_began_elsewhere_its_beginner_decided(ActivityTraceFlags flags, bool recorded)
    {
        var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags, isRemote: true);

        Assert.Equal(recorded, Records(ActivityKind.Consumer, parent));
        Assert.Equal(recorded, Records(ActivityKind.Server, parent));
    }

    private static bool Records(ActivityKind kind, ActivityContext parent)
    {
        using var tracing = Sdk.CreateTracerProviderBuilder().AddSource(Source.Name).AddRequestSampling().Build();
        Activity.Current = null;
        using var activity = Source.StartActivity("something", kind, parent);
        return activity is { Recorded: true };
    }
}
