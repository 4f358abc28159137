using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Geode.Backplane.Storage.Log;

/// <summary>A replica's append-only log on disk: numbered segments of frames. Not thread-safe: the replica's writer owns it.</summary>
public sealed class CommitLog : IDisposable
{
    private static readonly DataFileHeader FileHeader = new("GEODELOG", "log", version: 1, "Point --data at another folder.");

    // Zeros written ahead: a flush that need not make the file longer costs half.
    private static readonly byte[] Room = new byte[1 << 20];

    private readonly string _folder;
    private readonly RegionId _region;
    private readonly bool _flush;
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private SafeFileHandle _file;
    private long _length;
    private long _fileLength;
    private int _segment;

    private CommitLog(string folder, RegionId region, bool flush)
    {
        (_folder, _region, _flush) = (folder, region, flush);
        _file = null!;
    }

    /// <summary>Bytes in the segment being written.</summary>
    public long SegmentLength => _length;

    public int Segment => _segment;

    /// <summary>Opens the folder's log, or makes it, and hands every commit from segment <paramref name="firstSegment"/> on to
    /// <paramref name="replay"/> in order. A torn tail is cut off.</summary>
    /// <param name="flush">True: a commit is on the disk when <see cref="Append"/> returns. False: it is with the operating system.</param>
    /// <exception cref="InvalidDataException">Damage before the end, a newer format or another region's data; says what to do.</exception>
    public static CommitLog Open(string folder, RegionId region, bool flush, int firstSegment, Action<Commit> replay)
    {
        Directory.CreateDirectory(folder);
        var log = new CommitLog(folder, region, flush);
        // A crash can leave segments that a snapshot has already taken the place of.
        log.DropBefore(firstSegment);
        var segments = SegmentsIn(folder).ToArray();
        var missing = Enumerable.Range(firstSegment, Math.Max(segments.Length, firstSegment > 1 ? 1 : 0)).Except(segments).ToArray();
        if (missing.Length > 0)
            throw new InvalidDataException(
                $"'{PathOf(folder, missing[0])}' is missing. Restore the folder, or move it away and start again: the region then copies everything from its peers.");
        foreach (var segment in segments)
            log.Replay(segment, isLast: segment == segments[^1], replay);
        if (segments.Length == 0)
            log.StartSegment(Math.Max(1, firstSegment));
        return log;
    }

    /// <summary>Writes the commits as one frame.</summary>
    public void Append(IEnumerable<Commit> commits)
    {
        LogFrame.Start(_buffer);
        foreach (var commit in commits)
            CommitCodec.Write(_buffer, commit);
        var frame = LogFrame.End(_buffer);
        RandomAccess.Write(_file, frame, _length);
        if (_length + frame.Length > _fileLength)
            MakeRoom(_length + frame.Length);
        if (_flush)
            RandomAccess.FlushToDisk(_file);
        _length += frame.Length;
        if (_buffer.Capacity > 16 << 20)
            _buffer.Clear();
    }

    /// <summary>Closes the current segment and starts the next one; returns the new segment's number.</summary>
    public int Roll()
    {
        Close();
        StartSegment(_segment + 1);
        return _segment;
    }

    /// <summary>Deletes the segments before that one.</summary>
    public void DropBefore(int segment)
    {
        foreach (var old in SegmentsIn(_folder).Where(s => s < segment))
            File.Delete(PathOf(_folder, old));
    }

    public void Dispose() => Close();

    private void Close()
    {
        if (_file is null || _file.IsClosed)
            return;
        RandomAccess.SetLength(_file, _length);
        _file.Dispose();
    }

    private void MakeRoom(long from)
    {
        if (_flush)
            RandomAccess.Write(_file, Room, from);
        _fileLength = _flush ? from + Room.Length : from;
    }

    private void Replay(int segment, bool isLast, Action<Commit> replay)
    {
        var path = PathOf(_folder, segment);
        var data = File.ReadAllBytes(path).AsSpan();
        if (data.Length < DataFileHeader.Length && isLast)
        {
            // Died while making the file: nothing was ever acknowledged from it.
            StartSegment(segment);
            return;
        }

        FileHeader.Check(path, data, _region);
        var at = DataFileHeader.Length;
        while (at < data.Length)
        {
            if (!LogFrame.TryRead(data[at..], out var payload))
            {
                if (data[at..].ContainsAnyExcept((byte)0) && (!isLast || LogFrame.AnyIn(data[(at + 1)..])))
                    throw new InvalidDataException(
                        $"'{path}' is damaged at byte {at}, with good data behind it. Restore the folder, or move it away and start again: the region then copies everything from its peers.");
                break;
            }

            ReadOnlySpan<byte> rest = payload;
            while (!rest.IsEmpty)
                replay(CommitCodec.Read(ref rest));
            at += LogFrame.HeaderLength + payload.Length;
        }

        if (!isLast)
            return;
        (_segment, _length) = (segment, at);
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        if (at < data.Length)
            RandomAccess.SetLength(_file, at);
        _fileLength = at;
    }

    private void StartSegment(int segment)
    {
        Span<byte> header = stackalloc byte[DataFileHeader.Length];
        FileHeader.Write(header, _region);
        _file = File.OpenHandle(PathOf(_folder, segment), FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        RandomAccess.Write(_file, header, 0);
        RandomAccess.FlushToDisk(_file);
        (_segment, _length, _fileLength) = (segment, DataFileHeader.Length, DataFileHeader.Length);
    }

    private static IEnumerable<int> SegmentsIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.log").Select(f => int.Parse(Path.GetFileNameWithoutExtension(f), System.Globalization.CultureInfo.InvariantCulture)).Order();

    private static string PathOf(string folder, int segment) => Path.Combine(folder, $"{segment:d8}.log");
}
