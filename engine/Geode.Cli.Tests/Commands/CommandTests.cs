using Geode.Cli.Commands;

namespace Geode.Cli.Tests.Commands;

/// <summary>Runs commands as they are typed, in a folder of their own.</summary>
public abstract class CommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geode-cli");

    public void Dispose()
    {
        _folder.Delete(true);
        GC.SuppressFinalize(this);
    }

    protected string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>One that ends with 0.</summary>
    protected static async Task<string> SucceedAsync(string line)
    {
        var (code, text) = await RunAsync(line);
        Assert.Equal(0, code);
        return text;
    }

    /// <summary>A file in that folder.</summary>
    /// <returns>Its path.</returns>
    protected string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    /// <summary>A planet of these regions.</summary>
    /// <returns>The path of its file.</returns>
    protected string PlanetOf(params string[] regions) => Write("geode.json", $$"""{ "regions": [{{string.Join(", ", regions.Select(r => $"\"{r}\""))}}] }""");

    protected static async Task<(int Code, string Text)> RunAsync(string line)
    {
        var parsed = CliCommands.Root().Parse(line);
        Assert.Empty(parsed.Errors);
        var output = new StringWriter();
        var code = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, Output = output });
        return (code, output.ToString());
    }
}
