using System.Diagnostics;
using System.Net;
using Geode.Router.Origins;

namespace Geode.Router.Telemetry;

/// <summary>One span per try, child of the request's.</summary>
internal sealed class TrySpan
{
    private readonly Activity _activity;
    private readonly Activity? _parent;

    private TrySpan(Activity activity, Activity? parent) => (_activity, _parent) = (activity, parent);

    /// <summary>Null when nobody listens.</summary>
    public static TrySpan? Start(OriginInstance instance, int number)
    {
        if (!RouterTelemetry.Source.HasListeners())
            return null;
        var parent = Activity.Current;
        var activity = RouterTelemetry.Source.StartActivity("geode.router.try");
        if (activity is null)
            return null;
        activity.SetTag("geode.origin", instance.Name);
        activity.SetTag("geode.instance", instance.Prefix);
        activity.SetTag("geode.origin.state", instance.Health.State.ToString());
        activity.SetTag("geode.try", number);
        return new TrySpan(activity, parent);
    }

    /// <summary>The try has been sent: what the request does next does not belong to it.</summary>
    public void Detach() => Activity.Current = _parent;

    public void Answered(HttpStatusCode status)
    {
        _activity.SetTag("http.response.status_code", (int)status);
        _activity.Dispose();
        Detach();
    }

    public void Failed(string how)
    {
        _activity.SetStatus(ActivityStatusCode.Error, how);
        _activity.Dispose();
        Detach();
    }
}
