using System.Globalization;
using System.Text;

namespace Geode.Service.Sessions;

/// <summary>How far one partition had come when it was seen: Cosmos DB's session token of a partition key range,
/// <c>{range}:{version}#{globalLsn}#{region}={localLsn}…</c>.</summary>
internal sealed record SessionVector(string Range, long Version, long Global, IReadOnlyDictionary<string, long> Local)
{
    /// <summary>Null when the text has another form; a token of such a form cannot be merged, and so not kept.</summary>
    public static SessionVector? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return null;
        var parts = text[(colon + 1)..].Split('#');
        // One region alone may write just its LSN.
        if (parts.Length == 1)
            return Number(parts[0]) is { } lsn ? new(text[..colon], 0, lsn, new Dictionary<string, long>()) : null;
        if (Number(parts[0]) is not { } version || Number(parts[1]) is not { } global)
            return null;

        var local = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var pair in parts.AsSpan(2))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || Number(pair[(equals + 1)..]) is not { } lsn || !local.TryAdd(pair[..equals], lsn))
                return null;
        }

        return new(text[..colon], version, global, local);
    }

    /// <summary>The earliest point that is past both. Of two topologies the newer one says which regions there are.</summary>
    public SessionVector Merge(SessionVector other)
    {
        var (newer, older) = Version >= other.Version ? (this, other) : (other, this);
        var local = newer.Local.ToDictionary(p => p.Key, p => Math.Max(p.Value, older.Local.GetValueOrDefault(p.Key, long.MinValue)));
        if (newer.Version == older.Version)
        {
            foreach (var (region, lsn) in older.Local)
                local.TryAdd(region, lsn);
        }

        return new(Range, newer.Version, Math.Max(Global, other.Global), local);
    }

    public override string ToString()
    {
        if (Version == 0 && Local.Count == 0)
            return string.Create(CultureInfo.InvariantCulture, $"{Range}:{Global}");
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Range}:{Version}#{Global}");
        foreach (var (region, lsn) in Local.OrderBy(p => p.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"#{region}={lsn}");
        return text.ToString();
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
