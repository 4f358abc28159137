using System.Diagnostics;
using Geode.Service.Feeds;

namespace Geode.Service.Mesh;

/// <summary>The last span of a change's trace: it was pushed to someone connected here.</summary>
internal static class MeshTrace
{
    private static readonly ActivitySource Source = new("Geode.Service");

    public static void Pushed(IEnumerable<Change> changes)
    {
        if (!Source.HasListeners())
            return;
        foreach (var change in changes)
        {
            if (!ActivityContext.TryParse(change.Traceparent, null, isRemote: true, out var context))
                continue;
            using var span = Source.StartActivity("push", ActivityKind.Producer, context);
            span?.SetTag("geode.document", change.Id);
        }
    }
}
