using System.Runtime.InteropServices;
using Spectre.Console;

namespace Geode.Bench.Reporting;

/// <summary>What the figures were taken on.</summary>
internal static class MachineNote
{
    public static object Facts => new
    {
        cores = Environment.ProcessorCount,
        os = RuntimeInformation.OSDescription,
        runtime = RuntimeInformation.FrameworkDescription,
        at = DateTimeOffset.UtcNow,
    };

    public static void Print()
    {
        AnsiConsole.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
#if DEBUG
        AnsiConsole.MarkupLine("[yellow]This is a debug build: the figures mean nothing. Use -c Release.[/]");
#endif
    }
}
