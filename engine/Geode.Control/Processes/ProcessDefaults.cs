namespace Geode.Control.Processes;

/// <summary>What every process of a planet on one machine is started with, where the user says nothing else.</summary>
public static class ProcessDefaults
{
    public static IReadOnlyList<(string Name, string Value)> Environment { get; } =
    [
        // Whether the runtime maps code it makes twice, once to write and once to execute: a guard of servers that strangers talk
        // to, and a tenth of the time that ten processes on one laptop take to start.
        ("DOTNET_EnableWriteXorExecute", "0"),

        // The Cosmos SDK asks the virtual machine it is on for its name, at an address that a laptop does not have.
        ("COSMOS_DISABLE_IMDS_ACCESS", "true"),
    ];
}
