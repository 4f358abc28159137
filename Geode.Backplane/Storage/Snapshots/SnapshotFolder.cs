using System.Buffers.Binary;
using System.Globalization;

namespace Geode.Backplane.Storage.Snapshots;

/// <summary>The snapshots in a replica's folder. <c>00000007.snapshot</c> holds everything before log segment 7.</summary>
public static class SnapshotFolder
{
    private const int FormatVersion = 1;
    private const int HeaderLength = 16;

    /// <summary>The newest snapshot and the log segment that follows it; null and 1 when there is none.</summary>
    /// <exception cref="InvalidDataException">Damage, a newer format or another region's data; says what to do.</exception>
    public static (Snapshot? Snapshot, int NextSegment) Open(string folder, RegionId region)
    {
        if (!Directory.Exists(folder))
            return (null, 1);
        // Whoever wrote these died before they were whole.
        foreach (var unfinished in Directory.EnumerateFiles(folder, "*.snapshot.tmp"))
            File.Delete(unfinished);
        var path = Directory.EnumerateFiles(folder, "*.snapshot").Max(StringComparer.Ordinal);
        if (path is null)
            return (null, 1);
        var data = File.ReadAllBytes(path);
        CheckHeader(path, data, region);
        try
        {
            return (SnapshotReader.Read(data.AsSpan(HeaderLength)), int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(
                $"'{path}' is damaged: {e.Message} Restore the folder, or move it away and start again: the region then copies everything from its peers.", e);
        }
    }

    /// <summary>Writes a snapshot so that a crash leaves the old one or the new one; returns its size. Older ones are deleted.</summary>
    public static long Save(string folder, RegionId region, int nextSegment, Snapshot snapshot)
    {
        var path = Path.Combine(folder, $"{nextSegment:d8}.snapshot");
        long length;
        using (var file = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            Span<byte> header = stackalloc byte[HeaderLength];
            "GEODESNP"u8.CopyTo(header);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], FormatVersion);
            BinaryPrimitives.WriteUInt32LittleEndian(header[12..], region.Value);
            file.Write(header);
            SnapshotWriter.Write(file, snapshot);
            file.Flush(flushToDisk: true);
            length = file.Length;
        }

        File.Move(path + ".tmp", path, overwrite: true);
        foreach (var old in Directory.EnumerateFiles(folder, "*.snapshot").Where(p => string.CompareOrdinal(p, path) < 0))
            File.Delete(old);
        return length;
    }

    private static void CheckHeader(string path, ReadOnlySpan<byte> data, RegionId region)
    {
        if (data.Length < HeaderLength || !data[..8].SequenceEqual("GEODESNP"u8))
            throw new InvalidDataException($"'{path}' is not a backplane snapshot. Point --data at another folder, or restore this one.");
        var version = BinaryPrimitives.ReadInt32LittleEndian(data[8..]);
        if (version > FormatVersion)
        {
            throw new InvalidDataException(
                $"'{path}' has snapshot format {version}; this program knows up to {FormatVersion}. Use the newer program, or another --data folder.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(data[12..]) != region.Value)
            throw new InvalidDataException($"'{path}' holds another region's data. Give every region a --data folder of its own.");
    }
}
