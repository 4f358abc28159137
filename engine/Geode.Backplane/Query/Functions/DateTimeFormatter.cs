using System.Globalization;
using System.Text;

namespace Geode.Backplane.Query.Functions;

/// <summary>
/// DateTimeFormat's patterns: runs of y M d H h m s f F t stand for parts of the time, a backslash makes the next character
/// stand for itself, and everything else already does.
/// </summary>
internal static class DateTimeFormatter
{
    private const string Specifiers = "yMdHhmsfFt";

    public static string? Format(DateTime time, string pattern)
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            var character = pattern[i];
            if (character == '\\')
            {
                if (i + 1 < pattern.Length)
                {
                    result.Append(pattern[i + 1]);
                }

                i += 2;
                continue;
            }

            if (!Specifiers.Contains(character))
            {
                result.Append(character);
                i++;
                continue;
            }

            var run = pattern.AsSpan(i).IndexOfAnyExcept(character);
            run = run < 0 ? pattern.Length - i : run;
            if (run > 7)
            {
                return null;
            }

            // The percent sign keeps .NET from reading a single letter as one of its standard formats.
            var specifier = run == 1 ? $"%{character}" : new string(character, run);
            result.Append(time.ToString(specifier, CultureInfo.InvariantCulture));
            i += run;
        }

        return result.ToString();
    }
}
