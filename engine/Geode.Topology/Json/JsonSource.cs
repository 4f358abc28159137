using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Geode.Topology;

/// <summary>A JSON document and the name it goes by in errors.</summary>
/// <param name="name">A file's path, or what else the text came from.</param>
internal sealed class JsonSource(string name)
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private readonly Dictionary<string, string> _overrides = [];

    public string Name { get; } = name;

    /// <summary>Notes that the value at <paramref name="path"/> came from a configuration key and not from the document,
    /// so that an error names the key.</summary>
    public void Overridden(string path, string key) => _overrides[path] = key;

    public bool IsOverridden(string path) => _overrides.ContainsKey(path);

    public PlanetException Error(string path, string problem)
    {
        if (_overrides.TryGetValue(path, out var key))
            return new($"configuration {key}: {problem}");
        return new(path.Length == 0 ? $"{Name}: {problem}" : $"{Name}: {path}: {problem}");
    }

    /// <summary>The document's root. Comments and trailing commas are tolerated, duplicate properties are not.</summary>
    /// <exception cref="PlanetException">Not JSON; with line and column.</exception>
    public JsonPlace Parse(string json)
    {
        try
        {
            // Parsed twice because a JsonNode reports a duplicate only when it is touched, and then without a position.
            using (JsonDocument.Parse(json, Lenient))
                return new(JsonNode.Parse(json, documentOptions: Lenient), "", this);
        }
        catch (JsonException e)
        {
            throw new PlanetException($"{Name}: {Where(json, e)}not valid JSON: {Reason(e)}", e);
        }
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="PlanetException">It cannot be read.</exception>
    public static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PlanetException($"{path}: there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PlanetException($"{path}: cannot be read: {OneLine(e.Message)}", e);
        }
    }

    private static string Where(string json, JsonException e)
    {
        if (e.LineNumber is not { } line || e.BytePositionInLine is not { } bytes)
            return "";
        // The reader counts bytes; an editor counts characters.
        var text = Encoding.UTF8.GetBytes(json.Split('\n').ElementAtOrDefault((int)line) ?? "");
        var column = Encoding.UTF8.GetCharCount(text, 0, Math.Min(text.Length, (int)bytes)) + 1;
        return $"line {line + 1}, column {column}: ";
    }

    private static string Reason(JsonException e)
    {
        var message = OneLine(e.Message);
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? message : message[..position];
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
