using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions.Vectors;

/// <summary>The options of a call of VectorDistance, which override what the container's policy says.</summary>
internal readonly record struct VectorOptions(DistanceFunction? Function, VectorDataType? DataType)
{
    /// <exception cref="QueryException">An option has a value that means nothing.</exception>
    public static VectorOptions Of(SqlFunctionCall call, QueryParameters parameters) => call.Arguments.Count < 4
        ? default
        : new VectorOptions(
            Read(call.Arguments[3], VectorFunctions.DistanceFunctionOption, parameters, DistanceFunctions.Parse),
            Read(call.Arguments[3], VectorFunctions.DataTypeOption, parameters, VectorDataTypes.Parse));

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
            SqlParameter parameter => parameters.TryGet(parameter.Name, out var given) ? given : SqlValue.Undefined,
            null => SqlValue.Undefined,
            _ => SqlValue.Null,
        },
        _ => SqlValue.Undefined,
    };
}
