using System.Globalization;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>How many cases to run: some with every build, more when GEODE_QUERY_CASES says so, others from GEODE_QUERY_SEED on.</summary>
internal static class NaiveRuns
{
    public static int Cases { get; } = Number("GEODE_QUERY_CASES", 2_500);

    public static int Seed { get; } = Number("GEODE_QUERY_SEED", 1);

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
