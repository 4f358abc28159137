using System.Buffers.Binary;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Functions of whole items.</summary>
internal static class ItemFunctions
{
    private const int DocumentPart = 8;

    private static readonly PropertyName Rid = new("_rid");

    public static void Register(FunctionTable table) => table.Any("DOCUMENTID", DocumentId);

    /// <summary>The document's number in its collection: the second half of its resource id, little-endian.</summary>
    private static SqlValue DocumentId(SqlValue item)
    {
        Span<byte> bytes = stackalloc byte[2 * DocumentPart];
        var rid = item[Rid];
        return rid.IsString && Convert.TryFromBase64String(rid.Text.Replace('-', '/'), bytes, out var length) && length == bytes.Length
            ? SqlValue.From(BinaryPrimitives.ReadInt64LittleEndian(bytes[DocumentPart..]))
            : SqlValue.Undefined;
    }
}
