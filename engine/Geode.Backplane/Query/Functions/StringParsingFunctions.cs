using System.Text;
using System.Text.Json;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>StringTo…: the JSON written in a string, if it is of the type asked for.</summary>
internal static class StringParsingFunctions
{
    // As deep as a document may nest.
    private const int DeepestNesting = 128;

    public static void Register(FunctionTable table)
    {
        table.String("StringToArray", text => Parse(text, SqlKind.Array));
        table.String("StringToBoolean", text => Parse(text, SqlKind.Boolean));
        table.String("StringToNull", text => Parse(text, SqlKind.Null));
        table.String("StringToNumber", text => Parse(text, SqlKind.Number));
        table.String("StringToObject", text => Parse(text, SqlKind.Object));
    }

    private static SqlValue Parse(string text, SqlKind wanted)
    {
        var json = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
        try
        {
            while (reader.Read())
            {
                // Reading to the end is the check: everything after this trusts the text.
            }
        }
        catch (JsonException)
        {
            return SqlValue.Undefined;
        }

        var value = SqlValue.Parse(json);
        return value.Kind == wanted ? value : SqlValue.Undefined;
    }
}
