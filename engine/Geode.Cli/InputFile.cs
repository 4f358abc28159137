namespace Geode.Cli;

/// <summary>A file that a user names.</summary>
internal static class InputFile
{
    /// <exception cref="CliException">It cannot be read.</exception>
    public static string Read(FileInfo file) => Reading(file, () => File.ReadAllText(file.FullName));

    /// <summary>What <paramref name="parse"/> makes of its lines; it is given the file's name for errors.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static T Parse<T>(FileInfo file, Func<IEnumerable<string>, string, T> parse) => Reading(file, () => parse(File.ReadLines(file.FullName), file.Name));

    /// <summary>Lines with something in them and their numbers from 1, without the header, which may be left out.</summary>
    public static IEnumerable<(string Line, int Number)> Rows(IEnumerable<string> lines, string header) => lines
        .Select((line, index) => (line, index + 1))
        .Where(row => row.line.Trim() is { Length: > 0 } text && !(row.Item2 == 1 && text.Equals(header, StringComparison.OrdinalIgnoreCase)));

    private static T Reading<T>(FileInfo file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{file.FullName} cannot be read: {e.Message}", e);
        }
    }
}
