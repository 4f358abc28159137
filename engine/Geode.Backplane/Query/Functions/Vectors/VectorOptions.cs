using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions.Vectors;

/// <summary>What a call of VectorDistance asks for beside its two vectors. The function and the type override what the container's
/// policy says.</summary>
internal sealed record VectorOptions
{
    public DistanceFunction? Function { get; private init; }

    public VectorDataType? DataType { get; private init; }

    /// <summary>Every item is to be looked at.</summary>
    public bool BruteForce { get; private init; }

    /// <summary>How many candidates a graph of neighbours is to keep in mind for each item wanted.</summary>
    public int? SearchListSizeMultiplier { get; private init; }

    /// <summary>How many items are to be looked at closely for each one wanted.</summary>
    public int? QuantizedVectorListMultiplier { get; private init; }

    /// <exception cref="QueryException">An option has a value that means nothing.</exception>
    public static VectorOptions Of(SqlFunctionCall call, QueryParameters parameters)
    {
        var bruteForce = call.Arguments.Count > 2 && (call.Arguments[2] switch
        {
            SqlBooleanLiteral literal => literal.Value,
            SqlParameter parameter => parameters.TryGet(parameter.Name, out var given) && given.IsTrue,
            _ => false,
        });
        if (call.Arguments.Count < 4)
        {
            return new VectorOptions { BruteForce = bruteForce };
        }

        return new VectorOptions
        {
            BruteForce = bruteForce,
            Function = Read(call.Arguments[3], VectorFunctions.DistanceFunctionOption, parameters, DistanceFunctions.Parse),
            DataType = Read(call.Arguments[3], VectorFunctions.DataTypeOption, parameters, VectorDataTypes.Parse),
            SearchListSizeMultiplier = Number(call.Arguments[3], VectorFunctions.SearchListSizeMultiplierOption, parameters),
            QuantizedVectorListMultiplier = Number(call.Arguments[3], VectorFunctions.QuantizedVectorListMultiplierOption, parameters),
        };
    }

    private static int? Number(SqlExpression options, string name, QueryParameters parameters) =>
        Value(options, name, parameters) is { IsNumber: true, Number: >= 1 and <= int.MaxValue } value ? (int)value.Number : null;

    private static T? Read<T>(SqlExpression options, string name, QueryParameters parameters, Func<string, T?> parse)
        where T : struct, Enum
    {
        var value = Value(options, name, parameters);
        if (value.IsUndefined)
        {
            return null;
        }

        return (value.IsString ? parse(value.Text) : null)
            ?? throw new QueryException($"VectorDistance: '{name}' is not one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    private static SqlValue Value(SqlExpression options, string name, QueryParameters parameters) => options switch
    {
        SqlParameter parameter => parameters.TryGet(parameter.Name, out var given) ? given[new PropertyName(name)] : SqlValue.Undefined,
        SqlObject literal => literal.Properties.FirstOrDefault(property => property.Name == name)?.Value switch
        {
            SqlStringLiteral text => SqlValue.From(text.Value),
            SqlNumberLiteral number => SqlValue.From(number.Value),
            SqlParameter parameter => parameters.TryGet(parameter.Name, out var given) ? given : SqlValue.Undefined,
            null => SqlValue.Undefined,
            _ => SqlValue.Null,
        },
        _ => SqlValue.Undefined,
    };
}
