using System.Text.Json;

namespace Geode.Bench.Reporting;

/// <summary>Figures for programs: the machine, then what the command measured.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    /// <summary>For programs that read what this one prints: nothing else may be printed.</summary>
    public static void Print(object figures) => Console.WriteLine(JsonSerializer.Serialize(figures, Options));

    public static void Write(FileInfo file, object figures)
    {
        try
        {
            file.Directory?.Create();
            File.WriteAllText(file.FullName, JsonSerializer.Serialize(new { machine = MachineNote.Facts, figures }, Options));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BenchException($"Cannot write {file.FullName}: {e.Message}", e);
        }

        Console.WriteLine($"Written to {file.FullName}");
    }
}
