using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Geode.Backplane.Storage;

namespace Geode.Backplane.ChangeFeed;

/// <summary>A place in a partition's change feed, as the client keeps it in an etag. LSNs number the changes of one replica only, so
/// the token also carries what the reader had seen by region: another replica resumes from that without losing a change.</summary>
/// <param name="Lsn">The last change read here.</param>
/// <param name="Replica">Whose LSN that is.</param>
/// <param name="Seen">Changes of these are known to the reader …</param>
/// <param name="SkipUntil">… and are left out up to this LSN: the rest of a resumption in another region than before.</param>
public sealed record ChangeFeedToken(long Lsn, RegionId Replica, VersionVector Seen, long SkipUntil)
{
    /// <returns>Quoted, as an etag; a bare LSN when only one region exists.</returns>
    public override string ToString()
    {
        if (Seen.Count == 0 || (Seen.Count == 1 && SkipUntil == 0))
            return string.Create(CultureInfo.InvariantCulture, $"\"{Lsn}\"");
        var vector = new ArrayBufferWriter<byte>();
        CommitCodec.WriteVector(vector, Seen);
        return string.Create(CultureInfo.InvariantCulture, $"\"{Lsn}.{Replica.Value}.{SkipUntil}.{Base64Url.EncodeToString(vector.WrittenSpan)}\"");
    }

    /// <exception cref="FormatException">No such token.</exception>
    public static ChangeFeedToken Parse(string etag, RegionId here)
    {
        var parts = etag.Trim('"').Split('.');
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var lsn))
            throw Malformed(etag);
        if (parts.Length == 1)
            return new ChangeFeedToken(lsn, here, VersionVector.Empty, 0);
        if (parts.Length != 4
            || !uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var replica)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var skipUntil))
            throw Malformed(etag);
        try
        {
            ReadOnlySpan<byte> vector = Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(parts[3]));
            return new ChangeFeedToken(lsn, new RegionId(replica), CommitCodec.ReadVector(ref vector), skipUntil);
        }
        catch (InvalidDataException e)
        {
            throw new FormatException(Malformed(etag).Message, e);
        }
    }

    private static FormatException Malformed(string etag) => new($"The change feed token {etag} is malformed.");
}
