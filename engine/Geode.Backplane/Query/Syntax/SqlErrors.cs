using System.Text.Encodings.Web;
using System.Text.Json;

namespace Geode.Backplane.Query.Syntax;

/// <summary>Cosmos DB's query errors: their codes, words and JSON form.</summary>
public static class SqlErrors
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"errors":[{"severity":"Error","location":{"start":…,"end":…},"code":…,"message":…}]}</c></summary>
    /// <remarks>Errors without a code have a form of their own, <c>{"Errors":[message,…]}</c>; codes that are numbers are written as numbers.</remarks>
    public static string ToJson(IReadOnlyList<SqlError> errors)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            var coded = errors[0].Code.Length > 0;
            json.WriteStartObject();
            json.WriteStartArray(coded ? "errors" : "Errors");
            foreach (var error in errors)
            {
                if (coded) Write(json, error);
                else json.WriteStringValue(error.Message);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, SqlError error)
    {
        json.WriteStartObject();
        json.WriteString("severity", "Error");
        if (error.Span is { } span)
        {
            json.WriteStartObject("location");
            json.WriteNumber("start", span.Start);
            json.WriteNumber("end", span.End);
            json.WriteEndObject();
        }

        if (int.TryParse(error.Code, out var number)) json.WriteNumber("code", number);
        else json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }

    internal static SqlQueryException Unexpected(string text, Token token) => token.Kind == TokenKind.End
        ? One("SC1002", "Syntax error, unexpected end-of-file.", token.Span)
        : One("SC1001", $"Syntax error, incorrect syntax near '{text[token.Start..token.End]}'.", token.Span);

    internal static SqlQueryException InvalidToken(string text, int start, int end) =>
        One("SC1010", $"Syntax error, invalid token '{text[start..end]}'.", new(start, end));

    internal static SqlQueryException InvalidNumber(string text, Token token) =>
        One("SC1011", $"Syntax error, invalid numeric value token '{text[token.Start..token.End]}'.", token.Span);

    internal static SqlQueryException InvalidString(string text, int start, int end) =>
        One("SC1012", $"Syntax error, invalid string literal token '{text[start..end]}'.", new(start, end));

    internal static SqlQueryException StarWithoutFrom(SourceSpan span) =>
        One("SC1021", "Syntax error, 'SELECT *' is not valid if FROM clause is omitted.", span);

    /// <summary>An error that Cosmos DB reports without code or place.</summary>
    internal static SqlQueryException Uncoded(string message) => One("", message, null);

    internal static SqlQueryException TooLong(int length, int limit) =>
        One("SC3020", $"The SQL query text exceeded the maximum limit of {limit} characters.", new(0, length));

    internal static SqlQueryException TooDeep(SourceSpan span) =>
        One(
            "SC1030",
            "The query is too complex to be processed. To resolve this issue, please consider breaking the query into multiple "
            + "smaller queries, simplifying the complex expression, and/or using Computed Properties.",
            span);

    internal static SqlQueryException One(string code, string message, SourceSpan? span) => new([new SqlError(code, message, span)]);
}
