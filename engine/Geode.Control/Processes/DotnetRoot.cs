using System.Runtime.InteropServices;

namespace Geode.Control.Processes;

/// <summary>The folder of the .NET that this process runs on, which those it starts must find too.</summary>
public static class DotnetRoot
{
    public static string Path { get; } =
        System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
