using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Geode.Service.Feeds;

namespace Geode.Service.Mesh;

/// <summary>What a listener was told last. It moves with the listener: a change it was told of in one region may reach the next
/// region only after the listener did.</summary>
internal sealed class RecentChanges
{
    private const int Capacity = 64;

    private readonly Queue<ulong> _order = new();
    private readonly HashSet<ulong> _known = [];

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static RecentChanges FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % sizeof(ulong) != 0 || bytes.Length > Capacity * sizeof(ulong))
            throw new FormatException("Not a list of changes.");
        var recent = new RecentChanges();
        for (; bytes.Length > 0; bytes = bytes[sizeof(ulong)..])
            recent.Add(BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return recent;
    }

    /// <summary>False when it was told already. Versions are told apart by their ETags, which replicate with them.</summary>
    public bool Add(Change change) => Add(Fingerprint($"{change.Id}\n{change.Text("_etag")}"));

    public byte[] ToBytes()
    {
        var bytes = new byte[_order.Count * sizeof(ulong)];
        var at = 0;
        foreach (var fingerprint in _order)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(at), fingerprint);
            at += sizeof(ulong);
        }

        return bytes;
    }

    private bool Add(ulong fingerprint)
    {
        if (!_known.Add(fingerprint))
            return false;
        _order.Enqueue(fingerprint);
        if (_order.Count > Capacity)
            _known.Remove(_order.Dequeue());
        return true;
    }

    private static ulong Fingerprint(string text) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
