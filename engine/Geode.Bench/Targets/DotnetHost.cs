namespace Geode.Bench.Targets;

/// <summary>What runs an assembly. This program runs under it or under a host of its own, which can run nothing else.</summary>
internal static class DotnetHost
{
    private const string Name = "dotnet";

    public static string Path { get; } =
        System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals(Name, StringComparison.OrdinalIgnoreCase) ? Environment.ProcessPath! : Name;

    /// <summary>What it is given to run this program with these arguments.</summary>
    public static IEnumerable<string> Self(IEnumerable<string> arguments) => [typeof(DotnetHost).Assembly.Location, .. arguments];
}
