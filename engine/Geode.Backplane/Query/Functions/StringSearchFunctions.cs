using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Functions that look for one string in another; an optional last argument of true ignores case.</summary>
internal static class StringSearchFunctions
{
    public static void Register(FunctionTable table)
    {
        Test(table, "CONTAINS", (text, part, comparison) => text.Contains(part, comparison), (text, part) => text.IndexOf(part) >= 0);
        Test(table, "STARTSWITH", (text, part, comparison) => text.StartsWith(part, comparison), (text, part) => text.StartsWith(part));
        Test(table, "ENDSWITH", (text, part, comparison) => text.EndsWith(part, comparison), (text, part) => text.EndsWith(part));
        Test(table, "STRINGEQUALS", (text, part, comparison) => text.Equals(part, comparison), (text, part) => text.SequenceEqual(part));
        table.Add("INDEX_OF", 2, 3, IndexOf);
        table.Add("LASTINDEXOF", 2, 3, LastIndexOf);
        Several(table, "ContainsAnyCI", "CONTAINS_ANY_CI", StringComparison.OrdinalIgnoreCase, decisive: true);
        Several(table, "ContainsAnyCS", "CONTAINS_ANY_CS", StringComparison.Ordinal, decisive: true);
        Several(table, "ContainsAllCI", "CONTAINS_ALL_CI", StringComparison.OrdinalIgnoreCase, decisive: false);
        Several(table, "ContainsAllCS", "CONTAINS_ALL_CS", StringComparison.Ordinal, decisive: false);
    }

    private delegate bool Utf8Test(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part);

    private static void Test(FunctionTable table, string name, Func<string, string, StringComparison, bool> test, Utf8Test exact) =>
        table.Add(name, 2, 3, (arguments, _) =>
        {
            if (!arguments[0].IsString || !arguments[1].IsString || (arguments.Length == 3 && !arguments[2].IsBoolean))
            {
                return SqlValue.Undefined;
            }

            var ignoreCase = arguments.Length == 3 && arguments[2].IsTrue;
            if (!ignoreCase && arguments[0].TryGetUtf8(out var text) && arguments[1].TryGetUtf8(out var part))
            {
                return SqlValue.From(exact(text, part));
            }

            var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            return SqlValue.From(test(arguments[0].Text, arguments[1].Text, comparison));
        });

    private static SqlValue IndexOf(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        if (!TryStart(arguments, 0, out var start))
        {
            return SqlValue.Undefined;
        }

        var text = arguments[0].Text;
        var at = start < 0 || start > text.Length ? -1 : text.IndexOf(arguments[1].Text, (int)start, StringComparison.Ordinal);
        return SqlValue.From((long)at);
    }

    private static SqlValue LastIndexOf(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        var last = Math.Max(0, arguments[0].Text.Length - 1);
        if (!TryStart(arguments, last, out var start))
        {
            return SqlValue.Undefined;
        }

        // The search runs from the start position towards the front, and the whole match lies at or before it.
        var text = arguments[0].Text;
        if (start < 0 || start > text.Length)
        {
            return SqlValue.From(-1L);
        }

        if (arguments[1].Text.Length == 0)
        {
            return SqlValue.From(Math.Min(start, last));
        }

        var searched = (int)Math.Min(start + 1, text.Length);
        return SqlValue.From((long)text.AsSpan(0, searched).LastIndexOf(arguments[1].Text, StringComparison.Ordinal));
    }

    private static bool TryStart(ReadOnlySpan<SqlValue> arguments, long absent, out long start)
    {
        start = absent;
        return arguments[0].IsString && arguments[1].IsString && (arguments.Length == 2 || arguments[2].TryGetInteger(out start));
    }

    /// <summary>A chain of CONTAINS joined by OR (<paramref name="decisive"/> true) or AND (false), with their undefined.</summary>
    private static void Several(FunctionTable table, string name, string alias, StringComparison comparison, bool decisive)
    {
        SqlValue Body(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
        {
            if (!arguments[0].IsString)
            {
                return SqlValue.Undefined;
            }

            var text = arguments[0].Text;
            var unknown = false;
            foreach (var part in arguments[1..])
            {
                if (!part.IsString)
                {
                    unknown = true;
                }
                else if (text.Contains(part.Text, comparison) == decisive)
                {
                    return SqlValue.From(decisive);
                }
            }

            return unknown ? SqlValue.Undefined : SqlValue.From(!decisive);
        }

        table.Add(name, 2, FunctionTable.AnyNumber, Body);
        table.Add(alias, 2, FunctionTable.AnyNumber, Body);
    }
}
