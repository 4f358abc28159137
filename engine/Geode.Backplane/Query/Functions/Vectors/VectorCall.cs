using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Functions.Vectors;

/// <summary>A call of VectorDistance as it is written, and how it is to be understood: by its own options, then by the policy of the
/// path that it reads.</summary>
internal sealed record VectorCall(SqlFunctionCall Call, DistanceFunction Function, VectorDataType DataType, int? Dimensions, VectorOptions Options)
{
    public static bool Is(SqlExpression expression) =>
        expression is SqlFunctionCall { Udf: false, Arguments.Count: >= 2 } call && call.Name.Equals(VectorFunctions.Name, StringComparison.OrdinalIgnoreCase);

    /// <param name="root">What the query calls the document.</param>
    /// <returns>Null for another expression.</returns>
    /// <exception cref="QueryException">An option has a value that means nothing.</exception>
    public static VectorCall? Of(SqlExpression expression, string root, VectorPolicy? policy, QueryParameters parameters)
    {
        if (!Is(expression) || expression is not SqlFunctionCall call)
        {
            return null;
        }

        var options = VectorOptions.Of(call, parameters);
        var embedding = Embedding(call.Arguments[0], root, policy) ?? Embedding(call.Arguments[1], root, policy);
        return new VectorCall(
            call, options.Function ?? embedding?.Function ?? DistanceFunction.Cosine, options.DataType ?? embedding?.DataType ?? VectorDataType.Float32, embedding?.Dimensions, options);
    }

    /// <summary>The call with everything said that the policy says, for the function to read.</summary>
    public SqlFunctionCall Spelt()
    {
        var properties = new List<SqlProperty>
        {
            new(VectorFunctions.DistanceFunctionOption, new SqlStringLiteral(Function.ToString())),
            new(VectorFunctions.DataTypeOption, new SqlStringLiteral(DataType.ToString())),
        };
        if (Dimensions is { } dimensions)
        {
            properties.Add(new SqlProperty(VectorFunctions.DimensionsOption, SqlLiterals.Integer(dimensions)));
        }

        return new SqlFunctionCall(VectorFunctions.Spelt, [Call.Arguments[0], Call.Arguments[1], new SqlBooleanLiteral(true), new SqlObject([.. properties])]) { Span = Call.Span };
    }

    private static VectorPolicy.Embedding? Embedding(SqlExpression vector, string root, VectorPolicy? policy) =>
        policy is not null && PathOf(vector, root) is { } path ? policy.Find(path) : null;

    private static string? PathOf(SqlExpression expression, string root) => expression switch
    {
        SqlIdentifier { Name: var name } when name == root => "",
        SqlMember member => PathOf(member.Target, root) is { } target ? $"{target}/{member.Name}" : null,
        _ => null,
    };
}
