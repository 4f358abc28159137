using System.Text;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>
/// Functions that make one string from another. Positions and lengths count UTF-16 code units; what is no whole number gives undefined.
/// </summary>
internal static class StringFunctions
{
    private const int LongestReplica = 10_000;

    public static void Register(FunctionTable table)
    {
        table.Add("CONCAT", 2, FunctionTable.AnyNumber, Concat);
        table.String("LENGTH", text => SqlValue.From((long)text.Length));
        table.String("LOWER", text => SqlValue.From(text.ToLowerInvariant()));
        table.String("UPPER", text => SqlValue.From(text.ToUpperInvariant()));
        table.String("REVERSE", Reverse);
        table.Any("LEFT", (text, count) => Cut(text, count, (s, n) => s[..n]));
        table.Any("RIGHT", (text, count) => Cut(text, count, (s, n) => s[^n..]));
        table.Add("SUBSTRING", 3, 3, Substring);
        table.Add("REPLACE", 3, 3, Replace);
        table.Any("REPLICATE", Replicate);
        Trim(table, "TRIM", (text, characters) => text.Trim(characters), text => text.Trim());
        Trim(table, "LTRIM", (text, characters) => text.TrimStart(characters), text => text.TrimStart());
        Trim(table, "RTRIM", (text, characters) => text.TrimEnd(characters), text => text.TrimEnd());
        table.Any("StringJoin", Join);
        table.String("StringSplit", Split);
        table.String("SubstringAfter", (text, mark) => Around(text, text.IndexOf(mark, StringComparison.Ordinal), mark.Length, after: true));
        table.String("SubstringBefore", (text, mark) => Around(text, text.IndexOf(mark, StringComparison.Ordinal), mark.Length, after: false));
        table.String("LastSubstringAfter", (text, mark) => Around(text, text.LastIndexOf(mark, StringComparison.Ordinal), mark.Length, after: true));
        table.String("LastSubstringBefore", (text, mark) => Around(text, text.LastIndexOf(mark, StringComparison.Ordinal), mark.Length, after: false));
        table.Any("ToString", Print);
    }

    /// <summary>ToString: strings as they are, anything else as compact JSON.</summary>
    private static SqlValue Print(SqlValue value) => value.Kind switch
    {
        SqlKind.Undefined => SqlValue.Undefined,
        SqlKind.String => value,
        SqlKind.Number when !double.IsFinite(value.Number) => SqlValue.From(value.ToString().Trim('"')),
        SqlKind.Array or SqlKind.Object => SqlValue.From(CompactJson.Write(value)),
        _ => SqlValue.From(value.ToString()),
    };

    private static SqlValue Concat(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        var result = new StringBuilder();
        foreach (var argument in arguments)
        {
            if (!argument.IsString)
            {
                return SqlValue.Undefined;
            }

            result.Append(argument.Text);
        }

        return SqlValue.From(result.ToString());
    }

    private static SqlValue Reverse(string text)
    {
        var characters = text.ToCharArray();
        Array.Reverse(characters);
        return SqlValue.From(new string(characters));
    }

    private static SqlValue Cut(SqlValue text, SqlValue count, Func<string, int, string> cut)
    {
        if (!text.IsString || !count.TryGetInteger(out var characters))
        {
            return SqlValue.Undefined;
        }

        var value = text.Text;
        return SqlValue.From(cut(value, (int)Math.Clamp(characters, 0, value.Length)));
    }

    private static SqlValue Substring(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        if (!arguments[0].IsString || !arguments[1].TryGetInteger(out var start) || !arguments[2].TryGetInteger(out var length))
        {
            return SqlValue.Undefined;
        }

        var text = arguments[0].Text;
        if (start < 0 || start >= text.Length || length <= 0)
        {
            return SqlValue.From("");
        }

        return SqlValue.From(text.Substring((int)start, (int)Math.Min(length, text.Length - (int)start)));
    }

    private static SqlValue Replace(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        if (!arguments[0].IsString || !arguments[1].IsString || !arguments[2].IsString)
        {
            return SqlValue.Undefined;
        }

        var find = arguments[1].Text;
        return find.Length == 0
            ? SqlValue.Undefined
            : SqlValue.From(arguments[0].Text.Replace(find, arguments[2].Text, StringComparison.Ordinal));
    }

    private static SqlValue Replicate(SqlValue text, SqlValue times)
    {
        if (!text.IsString || !times.TryGetInteger(out var count) || count < 0)
        {
            return SqlValue.Undefined;
        }

        var value = text.Text;
        if (value.Length > 0 && count > LongestReplica / value.Length)
        {
            return SqlValue.Undefined;
        }

        return SqlValue.From(value.Length == 0 ? "" : new StringBuilder().Insert(0, value, (int)count).ToString());
    }

    /// <summary>Trims white space, or any of the characters of a second argument.</summary>
    private static void Trim(FunctionTable table, string name, Func<string, char[], string> characters, Func<string, string> space) =>
        table.Add(name, 1, 2, (arguments, _) =>
        {
            if (!arguments[0].IsString || (arguments.Length == 2 && !arguments[1].IsString))
            {
                return SqlValue.Undefined;
            }

            var text = arguments[0].Text;
            if (arguments.Length == 1)
            {
                return SqlValue.From(space(text));
            }

            // .NET takes an empty set to mean white space; here it means nothing.
            var set = arguments[1].Text.ToCharArray();
            return SqlValue.From(set.Length == 0 ? text : characters(text, set));
        });

    private static SqlValue Join(SqlValue array, SqlValue separator)
    {
        if (!array.IsArray || !separator.IsString)
        {
            return SqlValue.Undefined;
        }

        var parts = new List<string>();
        foreach (var item in array.Items)
        {
            if (!item.IsString)
            {
                return SqlValue.Undefined;
            }

            parts.Add(item.Text);
        }

        return SqlValue.From(string.Join(separator.Text, parts));
    }

    private static SqlValue Split(string text, string separator)
    {
        string[] parts = separator.Length == 0 ? [text] : text.Split(separator);
        return SqlValue.From(Array.ConvertAll(parts, part => SqlValue.From(part)));
    }

    private static SqlValue Around(string text, int at, int length, bool after)
    {
        if (at < 0)
        {
            return SqlValue.Undefined;
        }

        return SqlValue.From(after ? text[(at + length)..] : text[..at]);
    }
}
