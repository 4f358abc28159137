using System.Buffers.Binary;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Functions of whole items, and of the vectors in them.</summary>
internal static class ItemFunctions
{
    private const int DocumentPart = 8;

    private static readonly PropertyName Rid = new("_rid");
    private static readonly PropertyName DistanceFunction = new("distanceFunction");

    public static void Register(FunctionTable table)
    {
        table.Any("DOCUMENTID", DocumentId);
        table.Add("VectorDistance", 2, 4, VectorDistance);
    }

    /// <summary>The document's number in its collection: the second half of its resource id, little-endian.</summary>
    private static SqlValue DocumentId(SqlValue item)
    {
        Span<byte> bytes = stackalloc byte[2 * DocumentPart];
        var rid = item[Rid];
        return rid.IsString && Convert.TryFromBase64String(rid.Text.Replace('-', '/'), bytes, out var length) && length == bytes.Length
            ? SqlValue.From(BinaryPrimitives.ReadInt64LittleEndian(bytes[DocumentPart..]))
            : SqlValue.Undefined;
    }

    /// <summary>Cosine similarity, unless a last argument's distanceFunction says dotproduct or euclidean.</summary>
    private static SqlValue VectorDistance(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        var left = Vector(arguments[0]);
        var right = Vector(arguments[1]);
        if (left is null || right is null || left.Length != right.Length || left.Length == 0)
        {
            return SqlValue.Undefined;
        }

        var function = arguments.Length == 4 ? arguments[3][DistanceFunction].Text : "";
        return function.ToUpperInvariant() switch
        {
            "" or "COSINE" => SqlValue.From(Dot(left, right) / Math.Sqrt(Dot(left, left) * Dot(right, right))),
            "DOTPRODUCT" => SqlValue.From(Dot(left, right)),
            "EUCLIDEAN" => SqlValue.From(Math.Sqrt(Dot(left, left) - (2 * Dot(left, right)) + Dot(right, right))),
            _ => SqlValue.Undefined,
        };
    }

    private static double[]? Vector(in SqlValue value)
    {
        var items = value.ToItems();
        return value.IsArray && items.All(item => item.IsNumber) ? Array.ConvertAll(items, item => item.Number) : null;
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
