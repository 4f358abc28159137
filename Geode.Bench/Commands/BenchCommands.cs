using System.CommandLine;

namespace Geode.Bench.Commands;

internal static class BenchCommands
{
    public static RootCommand Root() => new("Measures the planet's parts on this machine. Build with -c Release; figures compare only within one run.")
    {
        BackplaneCommand.Create(),
        StartCommand.Create(),
        MemoryCommand.Create(),
        VisibilityCommand.Create(),
        NullServerCommand.Create(),
    };
}
