using System.Globalization;

namespace Geode.Tests.Planets;

/// <summary>How much a drill does: a little in every run, and as much as wanted when an environment variable says so.</summary>
internal static class Drill
{
    public static int Size(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : otherwise;
}
