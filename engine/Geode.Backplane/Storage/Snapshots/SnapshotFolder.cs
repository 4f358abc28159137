using System.Globalization;
using Geode.Backplane.Storage.Log;

namespace Geode.Backplane.Storage.Snapshots;

/// <summary>The snapshots in a replica's folder. <c>00000007.snapshot</c> holds everything before log segment 7.</summary>
public static class SnapshotFolder
{
    private static readonly DataFileHeader Header = new("GEODESNP", "snapshot", version: 1, "Point --data at another folder, or restore this one.");

    /// <summary>The newest snapshot and the log segment that follows it; null and 1 when there is none.</summary>
    /// <exception cref="InvalidDataException">Damage, a newer format or another region's data; says what to do.</exception>
    public static (Snapshot? Snapshot, int NextSegment) Open(string folder, RegionId region)
    {
        if (!Directory.Exists(folder))
            return (null, 1);
        // Whoever wrote these died before they were whole.
        foreach (var unfinished in Directory.EnumerateFiles(folder, "*.snapshot.tmp"))
            File.Delete(unfinished);
        if (Newest(folder) is not { } path)
            return (null, 1);
        var data = File.ReadAllBytes(path);
        Header.Check(path, data, region);
        try
        {
            return (SnapshotReader.Read(data.AsSpan(DataFileHeader.Length)), int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(
                $"'{path}' is damaged: {e.Message} Restore the folder, or move it away and start again: the region then copies everything from its peers.", e);
        }
    }

    /// <summary>The length of the newest snapshot; 0 when there is none.</summary>
    public static long BytesIn(string folder) => Newest(folder) is { } path ? new FileInfo(path).Length : 0;

    /// <summary>Writes a snapshot so that a crash leaves the old one or the new one; returns its size. Older ones are deleted.</summary>
    public static long Save(string folder, RegionId region, int nextSegment, Snapshot snapshot)
    {
        var path = Path.Combine(folder, $"{nextSegment:d8}.snapshot");
        long length;
        using (var file = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            Span<byte> header = stackalloc byte[DataFileHeader.Length];
            Header.Write(header, region);
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

    private static string? Newest(string folder) => Directory.EnumerateFiles(folder, "*.snapshot").Max(StringComparer.Ordinal);
}
