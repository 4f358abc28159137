using System.Globalization;
using Geode.Topology;

namespace Geode.Cli.Simulation.World;

/// <summary>Reads faults as they are given: <c>region@time:duration</c>.</summary>
internal static class FaultReader
{
    private const string Form = "allowed is region@time:duration, each a number with s, m, h or d, such as westeurope@12h:30m";

    /// <exception cref="CliException">One line that names what is wrong and what is allowed.</exception>
    public static Fault Read(string text, Planet planet)
    {
        var (at, colon) = (text.LastIndexOf('@'), text.LastIndexOf(':'));
        if (at < 1 || colon < at || Time(text[(at + 1)..colon]) is not { } from || Time(text[(colon + 1)..]) is not { } duration || duration == TimeSpan.Zero)
            throw new CliException($"'{text}' is not a fault; {Form}.");
        var region = planet.Regions.FirstOrDefault(r => string.Equals(r.Name, text[..at], StringComparison.OrdinalIgnoreCase))
            ?? throw new CliException($"'{text}': there is no region '{text[..at]}'; this planet has {string.Join(", ", planet.RegionNames)}.");
        return new(region.Name, from, duration);
    }

    private static TimeSpan? Time(string text)
    {
        if (text.Length < 2 || !double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 100_000)
            return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
