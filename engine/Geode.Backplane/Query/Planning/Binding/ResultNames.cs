using System.Globalization;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <summary>The property names under which a SELECT list yields its items.</summary>
internal static class ResultNames
{
    /// <summary>The alias, or the last name of a path; null for an item without either.</summary>
    public static string? Explicit(SqlSelectItem item) => item.Alias ?? item.Expression switch
    {
        SqlIdentifier identifier => identifier.Name,
        SqlMember member => member.Name,
        _ => null,
    };

    /// <summary>The name of the <paramref name="ordinal"/>th item without a name, from 1.</summary>
    public static string Generated(int ordinal) => string.Create(CultureInfo.InvariantCulture, $"${ordinal}");

    public static string[] Of(SqlSelectList list)
    {
        var names = new string[list.Items.Count];
        var unnamed = 0;
        for (var i = 0; i < names.Length; i++) names[i] = Explicit(list.Items[i]) ?? Generated(++unnamed);
        return names;
    }
}
