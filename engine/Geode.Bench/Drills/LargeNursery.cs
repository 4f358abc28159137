using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Geode.Bench.Targets;

namespace Geode.Bench.Drills;

/// <summary>Runs this command again in a process whose garbage collector has room for young objects. A hundred regions make half a
/// million versions per second, and each is replaced within two: collected every second, most of them would be moved twice for
/// nothing.</summary>
internal static class LargeNursery
{
    private const int MostHeaps = 4;

    private const long MostBytes = 3L << 30;

    /// <summary>Whether this process is the one with the room.</summary>
    public static bool IsHere => GCSettings.IsServerGC;

    /// <summary>Runs it with the console of this process; returns its exit code.</summary>
    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, DotnetHost.Self(Environment.GetCommandLineArgs()[1..]));
        foreach (var (name, value) in Settings())
            start.Environment[$"DOTNET_{name}"] = value.ToString("x", CultureInfo.InvariantCulture);
        using var process = Process.Start(start) ?? throw new BenchException($"{start.FileName} did not start.");
        try
        {
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    // A quarter of the memory at most.
    private static (string Name, long Value)[] Settings()
    {
        var heaps = Math.Min(MostHeaps, Environment.ProcessorCount);
        var bytes = Math.Min(MostBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
        return [("gcServer", 1), ("GCDynamicAdaptationMode", 0), ("GCHeapCount", heaps), ("GCgen0size", bytes / heaps)];
    }
}
