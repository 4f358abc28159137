namespace Geode.Backplane.Storage;

/// <summary>Entity tags in the shape Cosmos DB gives them: a quoted GUID, here made of region, sequence and document number.</summary>
public static class EntityTag
{
    /// <returns>Quoted: <c>"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"</c>.</returns>
    public static string Of(Dot dot, ulong rid)
    {
        var sequence = (ulong)dot.Sequence;
        // The lower rid bits tell the documents of one batch apart.
        return $"\"{dot.Region.Value:x8}-{(ushort)(rid >> 24):x4}-{(ushort)(sequence >> 48):x4}-{(ushort)(sequence >> 32):x4}-{(uint)sequence:x8}{(ushort)(rid >> 40):x4}\"";
    }

    /// <summary>True when an If-Match or If-None-Match value accepts that tag; <c>*</c> accepts every tag, quotes are optional.</summary>
    public static bool Matches(string condition, string etag) =>
        condition == "*" || condition.AsSpan().Trim('"').SequenceEqual(etag.AsSpan().Trim('"'));
}
