using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>One region's own progress inside a <see cref="SessionToken"/>.</summary>
public readonly record struct RegionProgress(uint RegionId, long LocalLsn);

/// <summary>
/// How much a session has seen of one partition key range: <c>{version}#{globalLSN}#{regionId}={localLSN}#…</c>.
/// The version grows when the set of regions changes; tokens of one version carry the same regions.
/// </summary>
public sealed class SessionToken : IEquatable<SessionToken>
{
    private const int StackRegions = 16;
    private const int StackChars = 256;
    private readonly RegionProgress[] _regions;

    /// <param name="regions">In any order, each region once.</param>
    public SessionToken(long version, long globalLsn, params ReadOnlySpan<RegionProgress> regions)
    {
        Version = version;
        GlobalLsn = globalLsn;
        _regions = regions.ToArray();
        _regions.AsSpan().Sort(static (a, b) => a.RegionId.CompareTo(b.RegionId));
        for (var i = 1; i < _regions.Length; i++)
            if (_regions[i].RegionId == _regions[i - 1].RegionId)
                throw new ArgumentException($"Region {_regions[i].RegionId} appears twice.", nameof(regions));
    }

    public long Version { get; }

    public long GlobalLsn { get; }

    /// <summary>Sorted by region id.</summary>
    public ReadOnlySpan<RegionProgress> Regions => _regions;

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SessionToken? token)
    {
        token = null;
        var segments = text.Split('#');
        if (!segments.MoveNext() || !TryNumber(text[segments.Current], out var version)) return false;
        if (!segments.MoveNext() || !TryNumber(text[segments.Current], out var globalLsn)) return false;

        // One '#' separates version and global LSN, each further one begins a region.
        var count = text.Count('#') - 1;
        Span<RegionProgress> regions = count <= StackRegions ? stackalloc RegionProgress[StackRegions] : new RegionProgress[count];
        count = 0;
        while (segments.MoveNext())
        {
            if (!TryRegion(text[segments.Current], out var region)) return false;
            foreach (var known in regions[..count])
                if (known.RegionId == region.RegionId) return false;
            regions[count++] = region;
        }

        token = new SessionToken(version, globalLsn, regions[..count]);
        return true;
    }

    /// <exception cref="FormatException">The text is no vector session token.</exception>
    public static SessionToken Parse(ReadOnlySpan<char> text) => TryParse(text, out var token)
        ? token
        : throw new FormatException($"'{text}' is not a session token: expected version#globalLSN#regionId=localLSN#….");

    /// <summary>The region's progress; null when the token does not know the region.</summary>
    public long? LocalLsn(uint regionId)
    {
        foreach (var region in _regions)
            if (region.RegionId == regionId) return region.LocalLsn;
        return null;
    }

    /// <summary>
    /// Whether a replica at this token has everything a session at <paramref name="required"/> has seen. Never true across two
    /// region sets of one version, which no consistent pair of replicas hands out.
    /// </summary>
    public bool Covers(SessionToken required)
    {
        if (Version < required.Version) return false;
        var sameVersion = Version == required.Version;
        if (sameVersion && (GlobalLsn < required.GlobalLsn || _regions.Length != required._regions.Length)) return false;

        foreach (var region in required._regions)
        {
            var progress = LocalLsn(region.RegionId);
            if (progress < region.LocalLsn || progress is null && sameVersion) return false;
        }

        return true;
    }

    /// <summary>What both tokens together have seen, in the regions of the newer version.</summary>
    /// <exception cref="InvalidOperationException">Same version, different regions.</exception>
    public SessionToken Merge(SessionToken other)
    {
        var (newer, older) = Version >= other.Version ? (this, other) : (other, this);
        var sameVersion = newer.Version == older.Version;
        if (sameVersion && newer._regions.Length != older._regions.Length) throw RegionsDiffer(other);

        var merged = newer._regions.ToArray();
        foreach (ref var region in merged.AsSpan())
        {
            var progress = older.LocalLsn(region.RegionId);
            if (progress is null && sameVersion) throw RegionsDiffer(other);
            if (progress > region.LocalLsn) region = region with { LocalLsn = progress.Value };
        }

        return new SessionToken(newer.Version, sameVersion ? Math.Max(GlobalLsn, other.GlobalLsn) : newer.GlobalLsn, merged);
    }

    public override string ToString() => Format("");

    /// <summary>The token behind <paramref name="prefix"/>.</summary>
    internal string Format(ReadOnlySpan<char> prefix)
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[StackChars]);
        text.AppendFormatted(prefix);
        text.AppendFormatted(Version);
        text.AppendLiteral("#");
        text.AppendFormatted(GlobalLsn);
        foreach (var region in _regions)
        {
            text.AppendLiteral("#");
            text.AppendFormatted(region.RegionId);
            text.AppendLiteral("=");
            text.AppendFormatted(region.LocalLsn);
        }

        return text.ToStringAndClear();
    }

    public bool Equals(SessionToken? other) =>
        other is not null && Version == other.Version && GlobalLsn == other.GlobalLsn && _regions.AsSpan().SequenceEqual(other._regions);

    public override bool Equals(object? obj) => Equals(obj as SessionToken);

    public override int GetHashCode() => HashCode.Combine(Version, GlobalLsn, _regions.Length);

    private static bool TryRegion(ReadOnlySpan<char> text, out RegionProgress region)
    {
        region = default;
        var equals = text.IndexOf('=');
        if (equals < 0
            || !uint.TryParse(text[..equals], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !TryNumber(text[(equals + 1)..], out var localLsn))
            return false;
        region = new RegionProgress(id, localLsn);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && text[0] != '+';

    private InvalidOperationException RegionsDiffer(SessionToken other) =>
        new($"Session tokens '{this}' and '{other}' have one version but different regions.");
}
