using System.Text.Json;
using System.Text.Json.Nodes;

namespace Geode.Backplane.Protocol.Patching;

public enum PatchKind
{
    Add,
    Set,
    Replace,
    Remove,
    Increment,
    Move,
}

/// <summary>One step of a patch.</summary>
/// <param name="From">For move: where the value is taken from.</param>
/// <param name="Value">For add, set, replace and increment.</param>
public sealed record PatchOperation(PatchKind Kind, PatchPointer Path, PatchPointer? From, JsonNode? Value)
{
    /// <exception cref="FormatException">Not an operation; the message is for the client.</exception>
    public static PatchOperation Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new FormatException("Each patch operation must be an object with 'op' and 'path'.");
        var kind = Text(json, "op") switch
        {
            "add" => PatchKind.Add,
            "set" => PatchKind.Set,
            "replace" => PatchKind.Replace,
            "remove" => PatchKind.Remove,
            "incr" or "increment" => PatchKind.Increment,
            "move" => PatchKind.Move,
            var other => throw new FormatException($"The patch operation '{other}' is not one of add, set, replace, remove, incr, move."),
        };
        var path = PatchPointer.Parse(Text(json, "path"));
        var from = kind == PatchKind.Move ? PatchPointer.Parse(Text(json, "from")) : null;
        if (from is not null && path.IsInside(from))
            throw new FormatException($"The patch moves '{from}' into itself, to '{path}'.");
        return new PatchOperation(kind, path, from, kind is PatchKind.Remove or PatchKind.Move ? null : ValueOf(json, kind));
    }

    private static JsonNode? ValueOf(JsonElement json, PatchKind kind)
    {
        if (!json.TryGetProperty("value", out var value))
            throw new FormatException("The patch operation has no 'value'.");
        if (kind == PatchKind.Increment && value.ValueKind != JsonValueKind.Number)
            throw new FormatException("The patch operation incr needs a number as 'value'.");
        return value.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(value),
            JsonValueKind.Array => JsonArray.Create(value),
            _ => JsonValue.Create(value),
        };
    }

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"The patch operation has no string '{name}'.");
}
