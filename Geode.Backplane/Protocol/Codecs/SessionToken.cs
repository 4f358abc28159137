using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>One region's own progress inside a <see cref="SessionToken"/>.</summary>
public readonly record struct RegionProgress(uint RegionId, long LocalLsn);

/// <summary>
/// How much a session has seen of one partition key range: <c>{version}#{globalLSN}#{regionId}={localLSN}#…</c>.
/// The version grows when the set of regions changes; tokens of one version carry the same regions.
/// </summary>
public sealed class SessionToken : IEquatable<SessionToken>
{
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

    public static bool TryParse(ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SessionToken? token)
    {
        token = null;
        var segments = text.Split('#');
        if (!segments.MoveNext() || !TryNumber(text[segments.Current], out var version)) return false;
        if (!segments.MoveNext() || !TryNumber(text[segments.Current], out var globalLsn)) return false;

        var regions = new List<RegionProgress>(4);
        while (segments.MoveNext())
        {
            var segment = text[segments.Current];
            var equals = segment.IndexOf('=');
            if (equals < 0
                || !uint.TryParse(segment[..equals], NumberStyles.None, CultureInfo.InvariantCulture, out var region)
                || !TryNumber(segment[(equals + 1)..], out var localLsn)
                || regions.Exists(r => r.RegionId == region))
                return false;
            regions.Add(new RegionProgress(region, localLsn));
        }

        token = new SessionToken(version, globalLsn, CollectionsMarshal.AsSpan(regions));
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

    public override string ToString() => AppendTo(new StringBuilder(48)).ToString();

    internal StringBuilder AppendTo(StringBuilder text)
    {
        text.Append(Version).Append('#').Append(GlobalLsn);
        foreach (var region in _regions) text.Append('#').Append(region.RegionId).Append('=').Append(region.LocalLsn);
        return text;
    }

    public bool Equals(SessionToken? other) =>
        other is not null && Version == other.Version && GlobalLsn == other.GlobalLsn && _regions.AsSpan().SequenceEqual(other._regions);

    public override bool Equals(object? obj) => Equals(obj as SessionToken);

    public override int GetHashCode() => HashCode.Combine(Version, GlobalLsn, _regions.Length);

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && text[0] != '+';

    private InvalidOperationException RegionsDiffer(SessionToken other) =>
        new($"Session tokens '{this}' and '{other}' have one version but different regions.");
}
