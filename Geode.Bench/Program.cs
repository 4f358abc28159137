using Geode.Bench;

var commands = typeof(IBenchCommand).Assembly.GetTypes()
    .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBenchCommand)))
    .Select(type => (IBenchCommand)Activator.CreateInstance(type)!)
    .OrderBy(command => command.Name, StringComparer.Ordinal)
    .ToList();
if (commands.Find(command => command.Name == args.FirstOrDefault()) is not { } chosen)
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project Geode.Bench -- COMMAND [options]");
    foreach (var command in commands.Where(command => command.Summary is not null))
        Console.Error.WriteLine($"  {command.Name,-16} {command.Summary}");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return await chosen.RunAsync(args[1..], stop.Token);
