using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Geode.Backplane.Storage;

/// <summary>The binary form of a commit, the same in the log and on the wire. Integers are LEB128 unless they are hashes;
/// strings and bodies carry their length in bytes.</summary>
public static class CommitCodec
{
    public static void Write(IBufferWriter<byte> output, Commit commit)
    {
        WriteDot(output, commit.Dot);
        WriteVarint(output, (ulong)(commit.Dot.Sequence - commit.Previous));
        WriteVarint(output, (ulong)commit.Stamp);
        WriteVector(output, commit.Seen);
        WriteVarint(output, (ulong)commit.Operations.Count);
        foreach (var operation in commit.Operations)
            WriteOperation(output, operation);
    }

    internal static void WriteOperation(IBufferWriter<byte> output, Operation operation)
    {
        WriteVarint(output, (ulong)operation.Kind);
        WriteVarint(output, operation.Container);
        WriteVarint(output, operation.Rid);
        WriteString(output, operation.Id);
        WriteString(output, operation.PartitionKey);
        WriteVarint(output, (ulong)operation.Json.Length);
        output.Write(operation.Json.Span);
    }

    public static void WriteVector(IBufferWriter<byte> output, VersionVector vector)
    {
        WriteVarint(output, (ulong)vector.Count);
        foreach (var dot in vector.Dots)
            WriteDot(output, dot);
    }

    /// <summary>Reads one commit; bodies are copied, so that the source buffer can be reused.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a commit.</exception>
    public static Commit Read(ref ReadOnlySpan<byte> input)
    {
        var dot = ReadDot(ref input);
        var previous = dot.Sequence - (long)ReadVarint(ref input);
        var stamp = (long)ReadVarint(ref input);
        var seen = ReadVector(ref input);
        var operations = new Operation[ReadCount(ref input)];
        for (var i = 0; i < operations.Length; i++)
            operations[i] = ReadOperation(ref input);
        return new Commit(dot, previous, stamp, seen, operations);
    }

    internal static Operation ReadOperation(ref ReadOnlySpan<byte> input)
    {
        var kind = (OperationKind)ReadVarint(ref input);
        if (!Enum.IsDefined(kind))
            throw new InvalidDataException($"Unknown operation kind {(int)kind}.");
        return new Operation(
            kind, ReadVarint(ref input), ReadVarint(ref input), ReadString(ref input), RecentText.Of(ReadBytes(ref input)), ReadBytes(ref input).ToArray());
    }

    public static VersionVector ReadVector(ref ReadOnlySpan<byte> input)
    {
        var dots = new Dot[ReadCount(ref input)];
        for (var i = 0; i < dots.Length; i++)
            dots[i] = ReadDot(ref input);
        return dots.Length == 0 ? VersionVector.Empty : VersionVector.Of(dots);
    }

    public static void WriteVarint(IBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }

    public static ulong ReadVarint(ref ReadOnlySpan<byte> input)
    {
        var value = 0UL;
        for (var i = 0; i < Math.Min(10, input.Length); i++)
        {
            value |= (ulong)(input[i] & 0x7F) << (7 * i);
            if (input[i] < 0x80)
            {
                input = input[(i + 1)..];
                return value;
            }
        }

        throw new InvalidDataException("A number is cut short.");
    }

    internal static void WriteDot(IBufferWriter<byte> output, Dot dot)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(4), dot.Region.Value);
        output.Advance(4);
        WriteVarint(output, (ulong)dot.Sequence);
    }

    internal static Dot ReadDot(ref ReadOnlySpan<byte> input)
    {
        if (input.Length < 4)
            throw new InvalidDataException("A region number is cut short.");
        var region = new RegionId(BinaryPrimitives.ReadUInt32LittleEndian(input));
        input = input[4..];
        return new Dot(region, (long)ReadVarint(ref input));
    }

    internal static void WriteString(IBufferWriter<byte> output, string value)
    {
        WriteVarint(output, (ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, output);
    }

    internal static string ReadString(ref ReadOnlySpan<byte> input) => Encoding.UTF8.GetString(ReadBytes(ref input));

    internal static ReadOnlySpan<byte> ReadBytes(ref ReadOnlySpan<byte> input)
    {
        var length = ReadCount(ref input);
        var bytes = input[..length];
        input = input[length..];
        return bytes;
    }

    // A count can never exceed the bytes that follow, which bounds what a damaged one can make us allocate.
    internal static int ReadCount(ref ReadOnlySpan<byte> input)
    {
        var count = ReadVarint(ref input);
        return count <= (ulong)input.Length ? (int)count : throw new InvalidDataException("A length exceeds the data.");
    }
}
