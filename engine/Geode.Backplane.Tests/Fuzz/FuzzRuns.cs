using System.Globalization;

namespace Geode.Backplane.Tests.Fuzz;

/// <summary>How much to fuzz, and from which seed; the same seed makes the same requests.</summary>
internal static class FuzzRuns
{
    private const int ByDefault = 2_000;

    /// <summary><c>GEODE_FUZZ_RUNS</c>, or a few that a build can afford.</summary>
    public static int Count { get; } = Read("GEODE_FUZZ_RUNS") ?? ByDefault;

    /// <summary><c>GEODE_FUZZ_SEED</c>, or always the same.</summary>
    public static int Seed { get; } = Read("GEODE_FUZZ_SEED") ?? 20_260_101;

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
