using System.Runtime.InteropServices;

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
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
#if DEBUG
        Console.WriteLine("This is a debug build: the figures mean nothing. Use -c Release.");
#endif
    }
}
