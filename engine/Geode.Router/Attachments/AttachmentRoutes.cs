using Geode.Router.Configuration;
using Geode.Router.Origins;
using Geode.Topology;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Attachments;

/// <summary>On a planet with attachments: which two geodes have one at hand, the region that took it and its pair.</summary>
internal sealed class AttachmentRoutes
{
    private const string Prefix = "/attachments/";

    private readonly Dictionary<string, Pair>.AlternateLookup<ReadOnlySpan<char>> _pairs;

    private AttachmentRoutes(Dictionary<string, Pair> pairs) => _pairs = pairs.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Null: the planet has none.</summary>
    public static AttachmentRoutes? Of(RouterSetup setup)
    {
        if (setup.Planet is not { Attachments: not null } planet)
            return null;
        var pairs = new Dictionary<string, Pair>(StringComparer.Ordinal);
        for (var i = 0; i < setup.Origins.Count; i++)
        {
            if (planet.Find(setup.Origins[i].Name) is { } region)
                pairs[region.Name] = new(i, planet.PairOf(region) is { } pair ? IndexOf(setup, pair) : -1);
        }

        return new(pairs);
    }

    /// <summary>The origins that have what the request asks for at hand; null: it asks for no attachment, or for one of a region that there is not.</summary>
    public Pair? Of(HttpRequest request)
    {
        if (request.Path.Value is not { } path || !path.StartsWith(Prefix, StringComparison.Ordinal) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsDelete(request.Method)))
            return null;
        var rest = path.AsSpan(Prefix.Length);
        return rest.IndexOf('/') is var end and > 0 && _pairs.TryGetValue(rest[..end], out var pair) ? pair : null;
    }

    private static int IndexOf(RouterSetup setup, Region region)
    {
        for (var i = 0; i < setup.Origins.Count; i++)
        {
            if (setup.Origins[i].Name == region.Name)
                return i;
        }

        return -1;
    }

    /// <param name="Own">Index of the region's origin.</param>
    /// <param name="Other">That of its pair's; -1: there is none.</param>
    internal readonly record struct Pair(int Own, int Other)
    {
        /// <summary>The nearer one to the client that is well and has room; -1: neither is.</summary>
        /// <param name="isOpen">Whether the request may go to the origin of that index.</param>
        public int Nearest(Origin[] origins, double[] oneWayMs, Func<int, bool> isOpen)
        {
            var own = Takes(Own, origins, isOpen);
            var other = Other >= 0 && Takes(Other, origins, isOpen);
            return own && (!other || oneWayMs[Own] <= oneWayMs[Other]) ? Own : other ? Other : -1;
        }

        private static bool Takes(int index, Origin[] origins, Func<int, bool> isOpen) =>
            origins[index] is { Draining: false, IsAsleep: false, Takes: true, Full: false } && isOpen(index);
    }
}
