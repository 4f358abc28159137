namespace Geode.Cli.Commands;

internal static class InputFile
{
    /// <exception cref="CliException">It cannot be read.</exception>
    public static string Read(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{file.FullName} cannot be read: {e.Message}", e);
        }
    }
}
