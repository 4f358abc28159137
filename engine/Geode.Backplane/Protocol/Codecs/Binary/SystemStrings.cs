namespace Geode.Backplane.Protocol.Codecs.Binary;

/// <summary>The strings that binary JSON writes as one byte, by their number.</summary>
internal static class SystemStrings
{
    private static readonly byte[][] Strings =
    [
        .. new[]
        {
            "$s", "$t", "$v", "_attachments", "_etag", "_rid", "_self", "_ts",
            "attachments/", "coordinates", "geometry", "GeometryCollection", "id", "url", "Value", "label",
            "LineString", "link", "MultiLineString", "MultiPoint", "MultiPolygon", "name", "Name", "Type",
            "Point", "Polygon", "properties", "type", "value", "Feature", "FeatureCollection", "_id",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    public static ReadOnlySpan<byte> At(int number) => Strings[number];

    /// <summary>The number of a string, or -1.</summary>
    public static int Find(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > 18)
            return -1;
        for (var i = 0; i < Strings.Length; i++)
        {
            if (utf8.SequenceEqual(Strings[i]))
                return i;
        }

        return -1;
    }
}
