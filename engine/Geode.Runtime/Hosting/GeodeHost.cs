using Geode.Topology;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Geode.Runtime.Hosting;

/// <summary>Runs a process and turns what its user got wrong into one line and an exit code.</summary>
public static class GeodeHost
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>Configuration, command line or ports are wrong: the message says what and what is allowed.</summary>
    public const int BadConfiguration = 2;

    /// <summary>Runs to the end of the process. Bad configuration is one line on standard error and exit code 2;
    /// anything else unexpected keeps its stack trace.</summary>
    public static async Task<int> RunAsync(Func<Task> run)
    {
        try
        {
            await run();
            return Ok;
        }
        catch (Exception e) when (UsersMistake(e) is { } message)
        {
            await Console.Error.WriteLineAsync(message.ReplaceLineEndings(" "));
            return BadConfiguration;
        }
    }

    private static string? UsersMistake(Exception e) => e switch
    {
        PlanetException or OptionsValidationException => e.Message,
        AggregateException { InnerExceptions: [var only] } => UsersMistake(only),
        IOException { InnerException: AddressInUseException } => e.Message,
        _ => null,
    };
}
