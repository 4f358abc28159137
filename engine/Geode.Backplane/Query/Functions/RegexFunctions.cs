using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Regular expressions, with the modifiers m, s, i and x. A pattern that cannot be read gives undefined.</summary>
internal static class RegexFunctions
{
    // A pattern may be built from data; the cache must not grow with the data.
    private const int CachedPatterns = 256;

    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<(string, string), Regex?> Cache = new();

    public static void Register(FunctionTable table)
    {
        table.Add("RegexMatch", 2, 3, (arguments, _) => Run(arguments, 2, (regex, text) => SqlValue.From(regex.IsMatch(text))));
        table.Add("RegexExtract", 2, 4, (arguments, _) => Extract(arguments, all: false));
        table.Add("RegexExtractAll", 2, 4, (arguments, _) => Extract(arguments, all: true));
        table.Add("RegexReplace", 3, 4, (arguments, _) => Replace(arguments, matches: 1));
        table.Add("RegexReplaceAll", 3, 4, (arguments, _) => Replace(arguments, matches: -1));
    }

    private static SqlValue Run(ReadOnlySpan<SqlValue> arguments, int modifiers, Func<Regex, string, SqlValue> use)
    {
        if (!arguments[0].IsString || !arguments[1].IsString || (arguments.Length > modifiers && !arguments[modifiers].IsString))
        {
            return SqlValue.Undefined;
        }

        var flags = arguments.Length > modifiers ? arguments[modifiers].Text : "";
        try
        {
            return TryGet(arguments[1].Text, flags, out var regex) ? use(regex, arguments[0].Text) : SqlValue.Undefined;
        }
        catch (RegexMatchTimeoutException)
        {
            return SqlValue.Undefined;
        }
    }

    /// <summary>The group (a fourth argument, 0 for the whole match) of the first match, or of all of them.</summary>
    private static SqlValue Extract(ReadOnlySpan<SqlValue> arguments, bool all)
    {
        var group = 0L;
        if (arguments.Length > 3 && !arguments[3].TryGetInteger(out group))
        {
            return SqlValue.Undefined;
        }

        return Run(arguments, 2, (regex, text) =>
        {
            if (!regex.GetGroupNumbers().Contains((int)group))
            {
                return SqlValue.Undefined;
            }

            if (all)
            {
                return SqlValue.From(regex.Matches(text).Select(match => SqlValue.From(match.Groups[(int)group].Value)).ToArray());
            }

            var first = regex.Match(text);
            return first.Success ? SqlValue.From(first.Groups[(int)group].Value) : SqlValue.Undefined;
        });
    }

    private static SqlValue Replace(ReadOnlySpan<SqlValue> arguments, int matches)
    {
        if (!arguments[2].IsString)
        {
            return SqlValue.Undefined;
        }

        var replacement = arguments[2].Text;
        return Run(arguments, 3, (regex, text) => SqlValue.From(regex.Replace(text, replacement, matches)));
    }

    private static bool TryGet(string pattern, string modifiers, [NotNullWhen(true)] out Regex? regex)
    {
        if (!Cache.TryGetValue((pattern, modifiers), out regex))
        {
            regex = Create(pattern, modifiers);
            if (Cache.Count >= CachedPatterns)
            {
                Cache.Clear();
            }

            Cache[(pattern, modifiers)] = regex;
        }

        return regex is not null;
    }

    private static Regex? Create(string pattern, string modifiers)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var modifier in modifiers)
        {
            switch (modifier)
            {
                case 'm':
                    options |= RegexOptions.Multiline;
                    break;
                case 's':
                    options |= RegexOptions.Singleline;
                    break;
                case 'i':
                    options |= RegexOptions.IgnoreCase;
                    break;
                case 'x':
                    options |= RegexOptions.IgnorePatternWhitespace;
                    break;
                default:
                    return null;
            }
        }

        try
        {
            // Without backtracking no pattern takes more than linear time.
            return new Regex(pattern, options | RegexOptions.NonBacktracking, LongestMatch);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, LongestMatch);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
