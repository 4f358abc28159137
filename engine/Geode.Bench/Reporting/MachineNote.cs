using System.Runtime.InteropServices;

namespace Geode.Bench.Reporting;

/// <summary>What the figures were taken on.</summary>
internal static class MachineNote
{
    private const string LoadAverage = "/proc/loadavg";

    public static object Facts => new
    {
        cores = Environment.ProcessorCount,
        os = RuntimeInformation.OSDescription,
        runtime = RuntimeInformation.FrameworkDescription,
        at = DateTimeOffset.UtcNow,
    };

    public static void Print()
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
        if (File.Exists(LoadAverage))
            Console.WriteLine($"load average of the last minute, before this run: {File.ReadAllText(LoadAverage).Split(' ')[0]}");
#if DEBUG
        Console.WriteLine("This is a debug build: the figures mean nothing. Use -c Release.");
#endif
    }
}
