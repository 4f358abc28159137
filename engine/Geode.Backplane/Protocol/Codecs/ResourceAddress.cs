namespace Geode.Backplane.Protocol.Codecs;

/// <summary>What a request's path names, in the two words that its signature covers.</summary>
/// <remarks>
/// A path is pairs of type and name, and for a feed a type more. An address by names has the whole path of its resource as link
/// (for a feed, of its parent) and keeps its case; an address by <c>_rid</c>s has the last id alone, in lower case.
/// </remarks>
public readonly ref struct ResourceAddress
{
    private const int MaxDepth = 16;

    private ResourceAddress(ReadOnlySpan<char> type, ReadOnlySpan<char> link, bool isNameBased)
    {
        Type = type;
        Link = link;
        IsNameBased = isNameBased;
    }

    /// <summary><c>dbs</c>, <c>colls</c>, <c>docs</c>…; empty for the account.</summary>
    public ReadOnlySpan<char> Type { get; }

    /// <summary>Not yet in lower case when by <c>_rid</c>.</summary>
    public ReadOnlySpan<char> Link { get; }

    public bool IsNameBased { get; }

    /// <param name="path">The decoded path, as the web server gives it.</param>
    public static ResourceAddress FromPath(ReadOnlySpan<char> path)
    {
        path = path.Trim('/');
        if (path.IsEmpty) return new(default, default, true);

        Span<Range> segments = stackalloc Range[MaxDepth];
        var count = path.Split(segments, '/');
        var isNameBased = !IsByRid(path, segments[..count]);
        if (count == 1) return new(path, default, isNameBased);
        if (count % 2 == 1) return new(path[segments[count - 1]], Name(path, segments[count - 2], isNameBased), isNameBased);

        // An operation is signed as the collection it works on.
        if (count > 2 && path[segments[count - 2]].Equals("operations", StringComparison.OrdinalIgnoreCase)) count -= 2;
        return new(path[segments[count - 2]], Name(path, segments[count - 1], isNameBased), isNameBased);
    }

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> path, Range last, bool isNameBased) =>
        isNameBased ? path[..last.End] : path[last];

    private static bool IsByRid(ReadOnlySpan<char> path, ReadOnlySpan<Range> segments)
    {
        if (segments.Length < 2) return false;
        var isDatabase = path[segments[0]].Equals("dbs", StringComparison.OrdinalIgnoreCase);
        var isOffer = path[segments[0]].Equals("offers", StringComparison.OrdinalIgnoreCase);
        return ResourceId.TryParse(path[segments[1]], out var id)
            && (isDatabase && id.Kind == ResourceKind.Database || isOffer && id.Kind == ResourceKind.Offer);
    }
}
