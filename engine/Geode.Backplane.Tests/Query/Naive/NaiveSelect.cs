using System.Globalization;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>What a SELECT makes of one row, or of a group of them.</summary>
internal static class NaiveSelect
{
    /// <param name="group">The rows that aggregates look at; null where there are none.</param>
    public static NaiveValue Value(SqlQuery query, NaiveScope? scope, IReadOnlyList<NaiveRow>? group)
    {
        switch (query.Select.Selection)
        {
            case SqlSelectValue value:
                return NaiveExpression.Value(value.Expression, scope, group);
            case SqlSelectStar:
                return NaiveScope.Find(scope, query.From!.Sources[0].BoundName!)!.Value;
            default:
                var result = new NaiveObject();
                var unnamed = 0;
                foreach (var item in ((SqlSelectList)query.Select.Selection).Items)
                {
                    var name = item.Alias ?? (item.Expression switch
                    {
                        SqlIdentifier identifier => identifier.Name,
                        SqlMember member => member.Name,
                        _ => null,
                    });
                    name ??= string.Create(CultureInfo.InvariantCulture, $"${++unnamed}");
                    result.With(name, NaiveExpression.Value(item.Expression, scope, group));
                }

                return result;
        }
    }
}
