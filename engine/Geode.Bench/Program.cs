using Geode.Bench;
using Geode.Bench.Commands;
using Geode.Topology;
using Spectre.Console;

// A file has no width of its own, and tables are to be read in it.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 140;

try
{
    return await BenchCommands.Root().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is BenchException or PlanetException or OperationCanceledException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
