using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions.Vectors;

/// <summary>The distance between two vectors, by looking at them. Whether an index finds the items that are looked at is not decided
/// here, so the argument that asks to do without it changes nothing.</summary>
internal static class VectorFunctions
{
    internal const string Name = "VectorDistance";

    /// <summary>The same function, called with everything that is to be known: a name that nobody can write.</summary>
    internal const string Spelt = "VectorDistance()";

    /// <summary>The options that a call may have; the last is for a container's policy to say how long its vectors are.</summary>
    internal const string DistanceFunctionOption = "distanceFunction";
    internal const string DataTypeOption = "dataType";
    internal const string DimensionsOption = "dimensions";

    /// <summary>Options of the search with an index.</summary>
    internal const string SearchListSizeMultiplierOption = "searchListSizeMultiplier";
    internal const string QuantizedVectorListMultiplierOption = "quantizedVectorListMultiplier";
    internal const string FilterPriorityOption = "filterPriority";

    private const int WithOptions = 4;

    private static readonly PropertyName DistanceFunctionName = new(DistanceFunctionOption);
    private static readonly PropertyName DataTypeName = new(DataTypeOption);
    private static readonly PropertyName DimensionsName = new(DimensionsOption);

    public static void Register(FunctionTable table)
    {
        table.Add(Name, 2, WithOptions, VectorDistance);
        table.Add(Spelt, WithOptions, WithOptions, VectorDistance);
    }

    /// <summary>Undefined unless both are vectors of one length and of the type that is expected.</summary>
    private static SqlValue VectorDistance(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        var options = arguments.Length == WithOptions ? arguments[WithOptions - 1] : SqlValue.Undefined;
        if (Function(options[DistanceFunctionName]) is not { } function || DataType(options[DataTypeName]) is not { } type)
        {
            return SqlValue.Undefined;
        }

        // What is constant is worked out before there is a context.
        var memo = context?.Vectors ?? new VectorMemo();
        var left = memo.Left(type, arguments[0]);
        var right = memo.Right(type, arguments[1]);
        if (left.Length == 0 || left.Length != right.Length)
        {
            return SqlValue.Undefined;
        }

        var expected = options[DimensionsName];
        if (expected.IsNumber && expected.Number != left.Length)
        {
            return SqlValue.Undefined;
        }

        var distance = function.Of(left, right);
        return double.IsFinite(distance) ? SqlValue.From(distance) : SqlValue.Undefined;
    }

    private static DistanceFunction? Function(SqlValue name) =>
        name.IsUndefined ? DistanceFunction.Cosine : name.IsString ? DistanceFunctions.Parse(name.Text) : null;

    private static VectorDataType? DataType(SqlValue name) =>
        name.IsUndefined ? VectorDataType.Float32 : name.IsString ? VectorDataTypes.Parse(name.Text) : null;
}
