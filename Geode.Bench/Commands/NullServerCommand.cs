using System.CommandLine;
using Geode.Bench.NullServer;

namespace Geode.Bench.Commands;

/// <summary><c>null-server --urls URL</c>: the ceiling, as a process of its own.</summary>
internal static class NullServerCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:8089" };
        var command = new Command("null-server", "Answers every request of the Cosmos SDK with a constant.") { urls };
        command.SetAction((parsed, cancellation) => new NullServerApp(parsed.GetRequiredValue(urls)).RunAsync(cancellation));
        return command;
    }
}
