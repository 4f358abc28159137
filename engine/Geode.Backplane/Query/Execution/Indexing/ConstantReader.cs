using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>The values of expressions that do not depend on the document.</summary>
internal sealed class ConstantReader(ExpressionCompiler expressions)
{
    private static readonly Scope NoNames = new(null);

    public bool TryRead(SqlExpression expression, out SqlValue value)
    {
        value = default;
        if (!MayBeConstant(expression) || expressions.Compile(expression, NoNames).Constant is not { } constant)
        {
            return false;
        }

        value = constant;
        return true;
    }

    /// <summary>Leaves out what names a source: there is none here to resolve it.</summary>
    private static bool MayBeConstant(SqlExpression expression) => expression switch
    {
        SqlLiteral or SqlParameter => true,
        SqlUnary unary => MayBeConstant(unary.Operand),
        SqlBinary binary => binary.Operator is not (SqlBinaryOperator.And or SqlBinaryOperator.Or) && MayBeConstant(binary.Left) && MayBeConstant(binary.Right),
        SqlMember member => MayBeConstant(member.Target),
        SqlArray array => array.Items.All<SqlExpression>(MayBeConstant),
        SqlObject @object => @object.Properties.All<SqlProperty>(property => MayBeConstant(property.Value)),
        SqlFunctionCall call => !call.Udf && !Functions.FunctionRegistry.IsAggregate(call.Name) && call.Arguments.All<SqlExpression>(MayBeConstant),
        _ => false,
    };
}
