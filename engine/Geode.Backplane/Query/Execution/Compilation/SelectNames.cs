using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>The member names of a SELECT list: the alias, else the last name of a path, else $1, $2, …</summary>
internal static class SelectNames
{
    public static string[] Of(SqlSelectList list)
    {
        var names = new string[list.Items.Count];
        var unnamed = 0;
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = list.Items[i].Alias ?? list.Items[i].Expression switch
            {
                SqlIdentifier identifier => identifier.Name,
                SqlMember member => member.Name,
                SqlIndexer { Index: SqlStringLiteral text } => text.Value,
                _ => $"${++unnamed}",
            };
        }

        return names;
    }
}
