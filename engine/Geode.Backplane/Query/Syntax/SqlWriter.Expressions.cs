using System.Globalization;

namespace Geode.Backplane.Query.Syntax;

/// <content>Expressions; every operator gets its own parentheses, so that the text needs no precedence.</content>
public sealed partial class SqlWriter
{
    private void Expression(SqlExpression expression)
    {
        StackGuard.Check(expression.Span);
        switch (expression)
        {
            case SqlIdentifier identifier: _text.Append(identifier.Name); break;
            case SqlParameter parameter: _text.Append(parameter.Name); break;
            case SqlMember member: Member(member); break;
            case SqlIndexer indexer: Indexer(indexer); break;
            case SqlNumberLiteral number: _text.Append(SqlNumbers.Format(number)); break;
            case SqlStringLiteral text: String(text.Value); break;
            case SqlBooleanLiteral boolean: _text.Append(boolean.Value ? "true" : "false"); break;
            case SqlNullLiteral: _text.Append("null"); break;
            case SqlUndefinedLiteral: _text.Append("undefined"); break;
            case SqlFunctionCall call: Call(call); break;
            case SqlArray array: Enclosed('[', array.Items, Expression, ']'); break;
            case SqlObject { Properties: var properties }: Enclosed('{', properties, Property, '}'); break;
            case SqlUnary unary: Unary(unary); break;
            case SqlBinary binary: Infix(binary.Left, SqlOperatorTable.Text(binary.Operator), binary.Right); break;
            case SqlCoalesce coalesce: Infix(coalesce.Left, "??", coalesce.Right); break;
            case SqlConditional conditional: Conditional(conditional); break;
            case SqlIn membership: In(membership); break;
            case SqlBetween between: Between(between); break;
            case SqlLike like: Like(like); break;
            case SqlSubquery subquery: Subquery(subquery); break;
            default: throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType(), "Not an expression of the query tree.");
        }
    }

    private void Enclosed<T>(char open, SqlList<T> items, Action<T> write, char close)
    {
        _text.Append(open);
        List(items, write);
        _text.Append(close);
    }

    private void Member(SqlMember member)
    {
        // `1.a` would be a bad number.
        if (member is { Target: SqlNumberLiteral number, Bracketed: false })
            _text.Append('(').Append(SqlNumbers.Format(number)).Append(')');
        else
            Expression(member.Target);
        if (!member.Bracketed)
        {
            _text.Append('.').Append(member.Name);
            return;
        }

        _text.Append('[');
        String(member.Name);
        _text.Append(']');
    }

    private void Indexer(SqlIndexer indexer)
    {
        Expression(indexer.Target);
        _text.Append('[');
        Expression(indexer.Index);
        _text.Append(']');
    }

    private void Call(SqlFunctionCall call)
    {
        if (call.Udf) _text.Append("udf.");
        _text.Append(call.Name);
        Enclosed('(', call.Arguments, Expression, ')');
    }

    private void Property(SqlProperty property)
    {
        String(property.Name);
        _text.Append(": ");
        Expression(property.Value);
    }

    private void Unary(SqlUnary unary)
    {
        _text.Append('(').Append(SqlOperatorTable.Text(unary.Operator)).Append(' ');
        Expression(unary.Operand);
        _text.Append(')');
    }

    private void Infix(SqlExpression left, string operation, SqlExpression right)
    {
        _text.Append('(');
        Expression(left);
        _text.Append(' ').Append(operation).Append(' ');
        Expression(right);
        _text.Append(')');
    }

    private void Conditional(SqlConditional conditional)
    {
        _text.Append('(');
        Expression(conditional.Condition);
        _text.Append(" ? ");
        Expression(conditional.WhenTrue);
        _text.Append(" : ");
        Expression(conditional.Otherwise);
        _text.Append(')');
    }

    private void In(SqlIn membership)
    {
        _text.Append('(');
        Expression(membership.Needle);
        // Two spaces after NOT: that is how Cosmos DB prints it.
        _text.Append(membership.Negated ? " NOT  IN " : " IN ");
        Enclosed('(', membership.Items, Expression, ')');
        _text.Append(')');
    }

    private void Between(SqlBetween between)
    {
        _text.Append('(');
        Expression(between.Operand);
        _text.Append(between.Negated ? " NOT BETWEEN " : " BETWEEN ");
        Expression(between.Low);
        _text.Append(" AND ");
        Expression(between.High);
        _text.Append(')');
    }

    private void Like(SqlLike like)
    {
        _text.Append('(');
        Expression(like.Operand);
        _text.Append(like.Negated ? " NOT LIKE " : " LIKE ");
        Expression(like.Pattern);
        if (like.Escape is not null)
        {
            _text.Append(" ESCAPE ");
            String(like.Escape);
        }

        _text.Append(')');
    }

    private void Subquery(SqlSubquery subquery)
    {
        _text.Append(subquery.Kind switch
        {
            SqlSubqueryKind.Exists => "EXISTS",
            SqlSubqueryKind.Array => "ARRAY",
            SqlSubqueryKind.First => "FIRST",
            SqlSubqueryKind.Last => "LAST",
            _ => "",
        });

        // ARRAY stands one step further in than the others; so Cosmos DB prints it.
        var array = subquery.Kind == SqlSubqueryKind.Array;
        if (array) _indent++;
        Subquery(subquery.Query);
        if (array) _indent--;
    }

    private void Subquery(SqlQuery query)
    {
        _text.Append('(');
        _indent++;
        NewLine();
        Query(query);
        _indent--;
        NewLine();
        _text.Append(')');
    }

    private void String(string value)
    {
        _text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': _text.Append("\\\""); break;
                case '\\': _text.Append("\\\\"); break;
                case '\b': _text.Append("\\b"); break;
                case '\f': _text.Append("\\f"); break;
                case '\n': _text.Append("\\n"); break;
                case '\r': _text.Append("\\r"); break;
                case '\t': _text.Append("\\t"); break;
                case < ' ': _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: _text.Append(c); break;
            }
        }

        _text.Append('"');
    }
}
