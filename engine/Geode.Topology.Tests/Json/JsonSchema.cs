using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Geode.Topology.Tests.Json;

/// <summary>As much of JSON Schema (draft 2020-12) as <c>geode.schema.json</c> uses. A keyword it does not know throws, so that no
/// rule of the schema goes unchecked.</summary>
internal sealed class JsonSchema(JsonObject root)
{
    public static JsonSchema Load(string path) => new(JsonNode.Parse(File.ReadAllText(path))!.AsObject());

    public JsonObject Root => root;

    /// <summary>The schema at the end of that path: <c>["$defs", "region"]</c>.</summary>
    public JsonObject At(params string[] path) => (JsonObject)path.Aggregate((JsonNode)root, (node, name) => node[name]!);

    public bool Accepts(JsonNode? value) => Accepts(root, value);

    private bool Accepts(JsonObject schema, JsonNode? value) => schema.All(keyword => Accepts(schema, keyword.Key, keyword.Value!, value));

    private bool Accepts(JsonObject schema, string keyword, JsonNode rule, JsonNode? value) => keyword switch
    {
        "$schema" or "$defs" or "title" or "description" or "default" => true,
        "$ref" => Accepts(Resolve(rule.GetValue<string>()), value),
        "type" => IsA(rule.GetValue<string>(), value),
        "enum" => rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
        "anyOf" => rule.AsArray().Any(one => Accepts(one!.AsObject(), value)),
        "if" => Accepts(rule.AsObject(), value) || !schema.TryGetPropertyValue("else", out var otherwise) || Accepts(otherwise!.AsObject(), value),
        "else" => true,
        "pattern" => !IsA("string", value) || Regex.IsMatch(value!.GetValue<string>(), rule.GetValue<string>()),
        "minLength" => !IsA("string", value) || value!.GetValue<string>().Length >= Number(rule),
        "maxLength" => !IsA("string", value) || value!.GetValue<string>().Length <= Number(rule),
        "minimum" => !IsA("number", value) || Number(value!) >= Number(rule),
        "maximum" => !IsA("number", value) || Number(value!) <= Number(rule),
        "minItems" => value is not JsonArray few || few.Count >= Number(rule),
        "maxItems" => value is not JsonArray many || many.Count <= Number(rule),
        "items" => value is not JsonArray items || items.All(item => Accepts(rule.AsObject(), item)),
        "required" => value is not JsonObject o || rule.AsArray().All(name => o.ContainsKey(name!.GetValue<string>())),
        "dependentRequired" => value is not JsonObject o || rule.AsObject().All(pair =>
            !o.ContainsKey(pair.Key) || pair.Value!.AsArray().All(name => o.ContainsKey(name!.GetValue<string>()))),
        "properties" => value is not JsonObject o || rule.AsObject().All(p => !o.ContainsKey(p.Key) || Accepts(p.Value!.AsObject(), o[p.Key])),
        "additionalProperties" => rule.GetValueKind() == JsonValueKind.False
            ? value is not JsonObject o || o.All(p => schema["properties"]!.AsObject().ContainsKey(p.Key))
            : throw new NotSupportedException("additionalProperties other than false"),
        _ => throw new NotSupportedException($"the schema uses '{keyword}', which this validator does not know"),
    };

    private JsonObject Resolve(string reference) => At(reference["#/".Length..].Split('/'));

    private static bool IsA(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => Number(value!) == Math.Floor(Number(value!)),
        _ => false,
    };

    private static double Number(JsonNode node) => node.AsValue().TryGetValue(out double number) ? number : node.GetValue<int>();
}
