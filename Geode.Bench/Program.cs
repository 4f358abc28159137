using Geode.Bench;
using Geode.Bench.Commands;

try
{
    return await BenchCommands.Root().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is BenchException or OperationCanceledException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
