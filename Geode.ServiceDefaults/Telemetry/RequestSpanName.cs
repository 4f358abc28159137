using System.Diagnostics;
using OpenTelemetry;

namespace Geode.ServiceDefaults.Telemetry;

/// <summary>Names the span of a request after its method and route (<c>POST /api/questions</c>), as OpenTelemetry's conventions for HTTP
/// want it: ASP.NET Core gives it the same technical name for all requests.</summary>
internal sealed class RequestSpanName : BaseProcessor<Activity>
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    public override void OnEnd(Activity activity)
    {
        if (activity.OperationName != Request || activity.DisplayName != Request || activity.GetTagItem("http.request.method") is not string method)
            return;
        activity.DisplayName = activity.GetTagItem("http.route") is string { Length: > 0 } route ? $"{method} {route}" : method;
    }
}
