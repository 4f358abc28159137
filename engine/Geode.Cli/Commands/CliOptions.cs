using System.CommandLine;
using System.Globalization;

namespace Geode.Cli.Commands;

/// <summary>Options that refuse what they do not allow, in one line.</summary>
internal static class CliOptions
{
    /// <summary>A whole number.</summary>
    public static Option<int?> Whole(string name, string description, int min, int max)
    {
        var option = new Option<int?>(name) { Description = $"{description} ({min} to {max})", HelpName = "N" };
        option.CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) && given >= min && given <= max)
                return given;
            result.AddError($"{name} is a whole number from {min} to {max}, not '{result.Tokens[0].Value}'.");
            return null;
        };
        return option;
    }

    /// <summary>A number, with a point where it has a fraction.</summary>
    public static Option<double?> Number(string name, string description, double min, double max)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{min} to {max}");
        var option = new Option<double?>(name) { Description = $"{description} ({range})", HelpName = "N" };
        option.CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) && given >= min && given <= max)
                return given;
            result.AddError($"{name} is a number from {range}, not '{result.Tokens[0].Value}'.");
            return null;
        };
        return option;
    }

    /// <summary>A comma-separated list of some words, each at most once.</summary>
    public static Option<string[]> List(string name, string description, string[] allowed)
    {
        var option = new Option<string[]>(name)
        {
            Description = $"{description} Any of, separated by commas: {string.Join(", ", allowed)}.",
            HelpName = "LIST",
            DefaultValueFactory = _ => allowed,
        };
        option.CustomParser = result =>
        {
            string[] given = [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
            foreach (var unknown in given.Except(allowed))
                result.AddError($"{name} does not know '{unknown}'; allowed are {string.Join(", ", allowed)}.");
            if (given.Length == 0)
                result.AddError($"{name} needs at least one of {string.Join(", ", allowed)}.");
            return given;
        };
        return option;
    }

    /// <summary>One of some words.</summary>
    public static Option<string?> Word(string name, string description, string[] allowed)
    {
        var option = new Option<string?>(name) { Description = $"{description} One of: {string.Join(", ", allowed)}.", HelpName = "WORD" };
        option.CustomParser = result =>
        {
            if (allowed.Contains(result.Tokens[0].Value))
                return result.Tokens[0].Value;
            result.AddError($"{name} does not know '{result.Tokens[0].Value}'; allowed are {string.Join(", ", allowed)}.");
            return null;
        };
        return option;
    }

    /// <summary>A file to read or to write.</summary>
    public static Option<FileInfo?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
}
