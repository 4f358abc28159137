using System.Text.Encodings.Web;
using System.Text.Json;

namespace Geode.Cli.Simulation.Reports;

internal static class ReportFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Figures for other programs.</summary>
    public static string Json<T>(T figures) => JsonSerializer.Serialize(figures, Options);

    /// <summary>Text for people, and JSON where it is wanted: beside the text in a file, or, with <c>-</c>, here instead of it.</summary>
    /// <exception cref="CliException">The file cannot be written.</exception>
    public static void Put(TextWriter output, FileInfo? file, string json, Func<string> text)
    {
        if (file?.Name == "-")
        {
            output.WriteLine(json);
            return;
        }

        output.Write(text());
        if (file is not null)
            Write(file, json);
    }

    /// <exception cref="CliException">It cannot be written.</exception>
    public static void Write(FileInfo file, string text)
    {
        try
        {
            File.WriteAllText(file.FullName, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{file.FullName} cannot be written: {e.Message}", e);
        }
    }
}
