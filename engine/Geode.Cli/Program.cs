using Geode.Cli;
using Geode.Cli.Commands;
using Geode.Topology;

try
{
    return await CliCommands.Root().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is CliException or PlanetException or OperationCanceledException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
