using System.Globalization;
using Geode.Router.Selection;
using Geode.Topology;

namespace Geode.Router.Configuration;

/// <summary>Reads <c>Geode:Router:Origins</c>: <c>name = url</c>, or <c>name:Url</c> with <c>Priority</c>, <c>Weight</c>, <c>Place</c> and <c>Stamp</c>.</summary>
internal static class OriginsReader
{
    private const int LongestStamp = 32;

    public static IReadOnlyList<OriginDefinition> Read(IConfigurationSection section)
    {
        var origins = section.GetChildren().Select(ReadOne).ToList();
        if (origins.Count > OriginSet.Most)
            throw WrongSetting.Error($"{section.Path}: {origins.Count} origins; at most {OriginSet.Most} are allowed.");
        return origins;
    }

    private static OriginDefinition ReadOne(IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            if (child.Key.ToUpperInvariant() is not ("URL" or "PRIORITY" or "WEIGHT" or "PLACE" or "STAMP"))
                throw WrongSetting.Error($"{child.Path}: unknown setting. Allowed: Url, Priority, Weight, Place, Stamp.");
        }

        return new(
            section.Key,
            Address(section.Path, section.Value ?? section["Url"]),
            Number(section, "Priority", 1, 1, 5),
            Number(section, "Weight", 1000, 1, 1000),
            Location(section),
            Stamp: Stamp(section));
    }

    private static Uri Address(string path, string? text) =>
        BareAddress.Of(text)
            ?? throw WrongSetting.Error($"{path}: '{text}' is not an origin. Use http://host:port or https://host:port, without a path.");

    private static int Number(IConfigurationSection section, string key, int otherwise, int min, int max)
    {
        if (section[key] is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        throw WrongSetting.Error($"{section.Path}:{key}: '{text}' is not allowed. Use a whole number from {min} to {max}.");
    }

    private static GeoPoint? Location(IConfigurationSection section)
    {
        if (section["Place"] is not { } name)
            return null;
        return Places.Find(name)?.Location
            ?? throw WrongSetting.Error($"{section.Path}:Place: unknown place '{name}'. Use an Azure region or a known city.");
    }

    private static string? Stamp(IConfigurationSection section)
    {
        if (section["Stamp"] is not { } name)
            return null;
        return name.Length is > 0 and <= LongestStamp && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? name
            : throw WrongSetting.Error($"{section.Path}:Stamp: '{name}' is not the name of a stamp. Use 1 to {LongestStamp} lower-case letters, digits and hyphens.");
    }
}
