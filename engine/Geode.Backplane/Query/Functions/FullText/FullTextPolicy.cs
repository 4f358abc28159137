using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>A container's <c>fullTextPolicy</c> and the full-text indexes of its indexing policy: which paths hold texts, in which language.</summary>
public sealed class FullTextPolicy
{
    private readonly Dictionary<string, FullTextLanguage> _languages = new(StringComparer.Ordinal);
    private readonly FullTextLanguage _default;

    private FullTextPolicy(FullTextLanguage @default) => _default = @default;

    /// <summary>What holds where a container says nothing.</summary>
    internal static FullTextPolicy None { get; } = new(FullTextLanguage.English);

    /// <summary>The paths that have an index, as <see cref="KeyOf"/> has them, each with its language.</summary>
    internal IReadOnlyList<(string Path, FullTextLanguage Language)> Indexed { get; private init; } = [];

    /// <param name="container">A container resource that has been checked.</param>
    /// <returns>Null when it has neither.</returns>
    public static FullTextPolicy? Read(ReadOnlyMemory<byte> container)
    {
        using var document = JsonDocument.Parse(container);
        var root = document.RootElement;
        var indexes = Member(root, "indexingPolicy", JsonValueKind.Object) is { } indexing ? Member(indexing, "fullTextIndexes", JsonValueKind.Array) : null;
        var definition = Member(root, "fullTextPolicy", JsonValueKind.Object);
        if (definition is null && indexes is null)
        {
            return null;
        }

        var policy = new FullTextPolicy(definition is { } given ? Language(given, "defaultLanguage") ?? FullTextLanguage.English : FullTextLanguage.English);
        foreach (var entry in definition is { } d && Member(d, "fullTextPaths", JsonValueKind.Array) is { } paths ? paths.EnumerateArray() : default)
        {
            if (PathOf(entry) is { } path)
            {
                policy._languages[path] = Language(entry, "language") ?? policy._default;
            }
        }

        return new FullTextPolicy(policy, [.. (indexes is { } list ? list.EnumerateArray() : default).Select(PathOf).OfType<string>().Distinct()]);
    }

    private FullTextPolicy(FullTextPolicy policy, string[] indexed)
    {
        (_languages, _default) = (policy._languages, policy._default);
        Indexed = [.. indexed.Select(path => (path, LanguageOf(path)))];
    }

    /// <summary>A path as one word, whatever its names contain.</summary>
    internal static string KeyOf(IEnumerable<string> names) => string.Join('\0', names);

    /// <param name="path">As <see cref="KeyOf"/> has it; null for a text that is at no path.</param>
    internal FullTextLanguage LanguageOf(string? path) => path is not null && _languages.TryGetValue(path, out var language) ? language : _default;

    // Definitions that were kept before these were checked may hold anything.
    private static string? PathOf(JsonElement entry)
    {
        try
        {
            return Text(entry, "path") is { } path ? KeyOf(PartitionKeyPath.Parse(path).Segments) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static FullTextLanguage? Language(JsonElement json, string name) => Text(json, name) is { } code ? FullTextLanguages.Parse(code) : null;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Member(JsonElement json, string name, JsonValueKind kind) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
