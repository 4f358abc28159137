using System.Text.Json;

namespace Geode.Control.Processes;

/// <summary>One line that a process wrote, understood as far as needed to decide whether a person should see it.</summary>
/// <param name="Process">Its name.</param>
/// <param name="Level">As .NET's JSON console logger names it; null for a line that is not a log record.</param>
/// <param name="Text">The message (with the exception's first line), or the line itself.</param>
public sealed record LogLine(string Process, string? Level, string Text)
{
    /// <summary>Whether the console shows it.</summary>
    public bool IsNoteworthy => Level is "Warning" or "Error" or "Critical";

    /// <summary>Reads a line of JSON with <c>LogLevel</c>, <c>Message</c> and <c>Exception</c>. Anything else that came from standard error
    /// (an unhandled exception, a message of the runtime) counts as an error.</summary>
    public static LogLine Parse(string process, string line, bool fromStandardError)
    {
        if (line.StartsWith('{') && TryParse(process, line) is { } record)
            return record;
        return new(process, fromStandardError && !string.IsNullOrWhiteSpace(line) ? "Error" : null, line);
    }

    private static LogLine? TryParse(string process, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (Read(document.RootElement, "LogLevel") is not { } level)
                return null;
            var message = Read(document.RootElement, "Message") ?? line;
            var exception = Read(document.RootElement, "Exception")?.Split('\n', 2)[0].Trim();
            return new(process, level, string.IsNullOrEmpty(exception) ? message : $"{message} ({exception})");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Read(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
