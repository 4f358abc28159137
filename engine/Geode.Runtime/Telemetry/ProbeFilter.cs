using System.Diagnostics;
using OpenTelemetry;

namespace Geode.Runtime.Telemetry;

/// <summary>Keeps health probes out of the traces: two per second and geode would bury everything else.</summary>
internal sealed class ProbeFilter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity activity)
    {
        if (activity.GetTagItem("url.path") is string path && path.StartsWith("/health/", StringComparison.Ordinal))
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
