using System.CommandLine;
using Geode.Bench.NullServer;
using Geode.Topology;

namespace Geode.Bench.Commands;

/// <summary><c>null-server --urls URL</c>: the ceiling, as a process of its own.</summary>
internal static class NullServerCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:8089" };
        var command = new Command("null-server", "Answers every request of the Cosmos SDK with a constant.") { urls };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (Environment.GetEnvironmentVariable(PlanetEnvironment.Parent) is not null) EndWithInput();
            await new NullServerApp(parsed.GetRequiredValue(urls)).RunAsync(cancellation);
        });
        return command;
    }

    // The starter holds the other end of standard input for as long as it lives.
    private static void EndWithInput() => new Thread(() =>
    {
        while (Console.In.ReadLine() is not null)
        {
        }

        Environment.Exit(0);
    })
    { IsBackground = true, Name = nameof(EndWithInput) }.Start();
}
