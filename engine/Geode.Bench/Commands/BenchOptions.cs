using System.CommandLine;
using System.Globalization;

namespace Geode.Bench.Commands;

/// <summary>Options that several commands have.</summary>
internal static class BenchOptions
{
    public static Option<FileInfo?> Json() => new Option<FileInfo?>("--json")
    {
        Description = "Also write the figures to this file as JSON.",
        HelpName = "FILE",
    };

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static Option<int> Number(string name, string description, int value, int min, int max)
    {
        var option = new Option<int>(name) { Description = $"{description} ({min} to {max})", DefaultValueFactory = _ => value, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given >= min && given <= max))
                result.AddError($"{name} is a whole number from {min} to {max}, not '{result.Tokens[0].Value}'.");
        });
        return option;
    }

    /// <summary>A comma-separated list of what <paramref name="accepts"/> accepts.</summary>
    /// <param name="allowed">The same in words.</param>
    /// <param name="value">When the option is not given.</param>
    public static Option<string[]> List(string name, string description, string allowed, string[] value, Func<string, bool> accepts)
    {
        var option = new Option<string[]>(name)
        {
            Description = $"{description} Any of, separated by commas: {allowed}.",
            HelpName = "LIST",
            DefaultValueFactory = _ => value,
            CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        };
        option.Validators.Add(result =>
        {
            var given = result.GetValueOrDefault<string[]>() ?? [];
            foreach (var unknown in given.Where(v => !accepts(v))) result.AddError($"{name} does not know '{unknown}'. Any of: {allowed}.");
            if (given.Length == 0) result.AddError($"{name} needs at least one of: {allowed}.");
        });
        return option;
    }
}
