using System.Diagnostics;
using System.Text;

namespace Geode.TestKit;

/// <summary>A command that was run to its end.</summary>
public sealed record Command(int ExitCode, string Output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs it and fails the test, with what it printed, when it fails.</summary>
    public static async Task<Command> RunAsync(
        string folder, IReadOnlyDictionary<string, string?> environment, string file, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, environment, file, arguments);
        var output = new StringBuilder();
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.AppendLine(line.Data);
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.True(process.ExitCode == 0, $"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}");
        return new(process.ExitCode, output.ToString());
    }

    /// <summary>Starts it; whoever asks ends it.</summary>
    public static Process Start(string folder, IReadOnlyDictionary<string, string?> environment, string file, params IEnumerable<string> arguments) =>
        Process.Start(Describe(folder, environment, file, arguments))!;

    /// <summary>How to start it, for others to do.</summary>
    public static ProcessStartInfo Describe(
        string folder, IReadOnlyDictionary<string, string?> environment, string file, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Of the tests' own build, these would reach into the command's.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }
}
