namespace Geode.Cli.Simulation.Reports;

internal static class ReportFile
{
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
