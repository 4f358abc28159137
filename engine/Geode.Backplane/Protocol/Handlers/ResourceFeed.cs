using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Lists of resources that are not items, in pages by name. A continuation is the name that the page before ended with.</summary>
internal static class ResourceFeed
{
    private const int LargestPage = 1000;

    /// <param name="rid">The <c>_rid</c> of the owner.</param>
    /// <param name="name">The property that holds the resources.</param>
    /// <param name="resources">Ordered by name.</param>
    /// <param name="body">What is answered of one; its JSON unless said otherwise.</param>
    public static Task AnswerAsync(
        BackplaneRequest request, string rid, string name, IEnumerable<CatalogEntry> resources, Func<CatalogEntry, ReadOnlyMemory<byte>>? body = null)
    {
        var most = Math.Min(request.PageSize(LargestPage), LargestPage);
        var after = Uri.UnescapeDataString(request.Header(CosmosHeaders.Continuation) ?? "");
        CatalogEntry[] rest = [.. resources.Where(r => string.CompareOrdinal(r.Name, after) > 0).Take(most + 1)];
        if (rest.Length > most)
            request.Http.Response.Headers[CosmosHeaders.Continuation] = Uri.EscapeDataString(rest[most - 1].Name);
        return request.AnswerFeedAsync(rid, name, [.. rest.Take(most).Select(r => body is null ? r.Json : body(r))]);
    }
}
