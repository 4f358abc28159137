namespace Geode.Control.Terminal;

/// <summary>Options that are not the planet's, but those of whoever hosts it. All take a value, or are followed by another option.</summary>
/// <param name="Host">Whose they are, for a person.</param>
/// <param name="Options">With their dashes.</param>
public sealed record OtherOptions(string Host, IReadOnlyList<string> Options)
{
    private const string Planet = "--Geode";

    /// <summary>Says in an error that these are allowed too.</summary>
    public string Names => $", and {Host}'s own ({string.Join(", ", Options)}, --Section:Key=value)";

    /// <summary>Takes out what is not the planet's.</summary>
    public (IReadOnlyList<string> Own, IReadOnlyList<string> PassedOn) Split(IReadOnlyList<string> args)
    {
        List<string> own = [], passedOn = [];
        for (var i = 0; i < args.Count; i++)
        {
            if (!IsOther(args[i]))
            {
                own.Add(args[i]);
                continue;
            }
            passedOn.Add(args[i]);
            if (!args[i].Contains('=') && i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
                passedOn.Add(args[++i]);
        }
        return (own, passedOn);
    }

    // --port:9000 is --port=9000.
    private static bool IsPlanets(string section) =>
        section.Equals(Planet, StringComparison.OrdinalIgnoreCase) || CommandLine.OptionNames.Contains(section, StringComparer.Ordinal);

    private bool IsOther(string argument)
    {
        var name = argument.Split('=', 2)[0];
        var section = name.Split(':', 2)[0];
        return Options.Contains(name, StringComparer.OrdinalIgnoreCase)
            || (name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':') && !IsPlanets(section));
    }
}
