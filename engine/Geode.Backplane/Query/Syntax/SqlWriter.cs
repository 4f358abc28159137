using System.Text;

namespace Geode.Backplane.Query.Syntax;

/// <summary>
/// Prints a tree as canonical text, laid out and parenthesised as Cosmos DB's own planner does it. What it prints parses
/// back to an equal tree.
/// </summary>
public sealed partial class SqlWriter
{
    private const int IndentWidth = 4;

    private readonly StringBuilder _text = new();
    private int _indent;

    private SqlWriter()
    {
    }

    public static string Write(SqlNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var writer = new SqlWriter();
        writer.Node(node);
        return writer._text.ToString();
    }

    private void Node(SqlNode node)
    {
        switch (node)
        {
            case SqlExpression expression: Expression(expression); break;
            case SqlQuery query: Query(query); break;
            case SqlSelect select: Select(select); break;
            case SqlSelection selection: Selection(selection); break;
            case SqlSelectItem item: SelectItem(item); break;
            case SqlFrom from: From(from); break;
            case SqlSource source: Source(source); break;
            case SqlCollection collection: Collection(collection); break;
            case SqlPathStep step: Step(step); break;
            case SqlGroupBy groupBy: GroupBy(groupBy); break;
            case SqlOrderBy orderBy: OrderBy(orderBy); break;
            case SqlOrderItem item: OrderItem(item); break;
            case SqlOffsetLimit offsetLimit: OffsetLimit(offsetLimit); break;
            case SqlProperty property: Property(property); break;
            default: throw new ArgumentOutOfRangeException(nameof(node), node.GetType(), "Not a node of the query tree.");
        }
    }

    private void NewLine() => _text.Append('\n').Append(' ', _indent * IndentWidth);

    private void List<T>(SqlList<T> items, Action<T> write)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) _text.Append(", ");
            write(items[i]);
        }
    }
}
