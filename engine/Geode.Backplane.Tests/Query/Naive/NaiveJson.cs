using System.Globalization;
using System.Text;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Values as text that is the same for the same value: members by name, no spaces, one spelling of numbers.</summary>
internal static class NaiveJson
{
    public static NaiveValue Parse(string json) => new NaiveJsonReader(json).Read();

    /// <param name="digits">To how many digits numbers are written; 0 for all.</param>
    public static string Write(NaiveValue value, int digits = 0)
    {
        var text = new StringBuilder();
        Write(text, value, digits);
        return text.ToString();
    }

    public static string Number(double number, int digits = 0)
    {
        if (!double.IsFinite(number))
            return number > 0 ? "\"Infinity\"" : number < 0 ? "\"-Infinity\"" : "\"NaN\"";
        var format = digits == 0 ? "R" : "G" + digits.ToString(CultureInfo.InvariantCulture);
        return (number + 0.0).ToString(format, CultureInfo.InvariantCulture).Replace('E', 'e') is var text && text == "-0" ? "0" : text;
    }

    private static void Write(StringBuilder text, NaiveValue value, int digits)
    {
        switch (value)
        {
            case NaiveNull:
                text.Append("null");
                break;
            case NaiveBoolean boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            case NaiveNumber number:
                text.Append(Number(number.Value, digits));
                break;
            case NaiveText words:
                Quote(text, words.Value);
                break;
            case NaiveArray array:
                text.Append('[');
                for (var i = 0; i < array.Items.Length; i++)
                    Write(i == 0 ? text : text.Append(','), array.Items[i], digits);
                text.Append(']');
                break;
            case NaiveObject @object:
                var members = @object.Members.OrderBy(member => member.Key, StringComparer.Ordinal).ToList();
                text.Append('{');
                for (var i = 0; i < members.Count; i++)
                {
                    Quote(i == 0 ? text : text.Append(','), members[i].Key);
                    Write(text.Append(':'), members[i].Value, digits);
                }

                text.Append('}');
                break;
            default:
                text.Append("undefined");
                break;
        }
    }

    /// <summary>Everything beyond printable ASCII is escaped, halves of surrogate pairs too.</summary>
    private static void Quote(StringBuilder text, string words)
    {
        text.Append('"');
        foreach (var character in words)
        {
            if (character is '"' or '\\')
                text.Append('\\').Append(character);
            else if (character is < ' ' or > '~')
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                text.Append(character);
        }

        text.Append('"');
    }
}
