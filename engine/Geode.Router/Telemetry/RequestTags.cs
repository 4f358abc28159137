using System.Diagnostics;
using Geode.Router.Clients;
using Geode.Router.Forwarding;

namespace Geode.Router.Telemetry;

/// <summary>Says on the request's own span where the client was taken to be, which geode it was given and why.</summary>
internal static class RequestTags
{
    public static void Set(Exchange exchange, ClientPlace place)
    {
        if (Activity.Current is not { IsAllDataRequested: true } activity)
            return;
        activity.SetTag("geode.client.place", place.Name ?? place.Location?.ToString());
        activity.SetTag("geode.origin", exchange.First?.Name);
        activity.SetTag("geode.origin.why", exchange.Why());
    }
}
