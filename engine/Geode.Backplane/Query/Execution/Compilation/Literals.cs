using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>The values of literals.</summary>
internal static class Literals
{
    public static SqlValue Value(SqlLiteral literal) => literal switch
    {
        SqlNullLiteral => SqlValue.Null,
        SqlBooleanLiteral boolean => SqlValue.From(boolean.Value),
        SqlNumberLiteral { Integer: { } integer } => SqlValue.From(integer),
        SqlNumberLiteral number => SqlValue.From(number.Value),
        SqlStringLiteral text => SqlValue.Constant(text.Value),
        _ => SqlValue.Undefined,
    };
}
