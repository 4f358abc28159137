using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Functions.FullText;

namespace Geode.Backplane.Protocol;

/// <summary>What a container's <c>fullTextPolicy</c> and the <c>fullTextIndexes</c> of its indexing policy may be; in Azure's words where they are known.</summary>
public static class FullTextPolicyRules
{
    private static readonly string[] Known = ["defaultLanguage", "fullTextPaths"];
    private static readonly string[] KnownOfPath = ["path", "language"];

    /// <exception cref="ProtocolException">400: what is wrong with it and what is allowed.</exception>
    public static void Check(JsonObject definition)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        if (definition["fullTextPolicy"] is { } policy)
            CheckPolicy(policy, paths);
        if (definition["indexingPolicy"] is JsonObject indexing && indexing["fullTextIndexes"] is { } indexes)
            CheckIndexes(indexes, paths);
    }

    private static void CheckPolicy(JsonNode node, HashSet<string> paths)
    {
        if (node is not JsonObject policy || policy["fullTextPaths"] is not (null or JsonArray))
            throw ProtocolException.BadRequest("fullTextPolicy must be an object with a 'defaultLanguage' and an array 'fullTextPaths'.");
        CheckMembers(policy, Known);
        CheckLanguage(policy["defaultLanguage"]);
        foreach (var entry in policy["fullTextPaths"] as JsonArray ?? [])
        {
            if (entry is not JsonObject path || RuleText.Find(path["path"]) is not { } text)
                throw ProtocolException.BadRequest("Each of fullTextPaths has a 'path' such as /text, and may have a 'language'.");
            CheckMembers(path, KnownOfPath);
            if (!PartitionKeyPath.IsOne(text))
                throw ProtocolException.BadRequest($"The Full Text Policy contains an invalid Path: {text}. A path is such as /text or /description/short, without wildcards.");
            CheckLanguage(path["language"]);
            if (!paths.Add(text))
                throw ProtocolException.BadRequest($"The Full Text Policy contains the Path {text} more than once.");
        }
    }

    private static void CheckIndexes(JsonNode node, HashSet<string> paths)
    {
        if (node is not JsonArray indexes)
            throw ProtocolException.BadRequest("indexingPolicy.fullTextIndexes must be an array of objects with a 'path'.");
        for (var i = 0; i < indexes.Count; i++)
        {
            if (RuleText.Find((indexes[i] as JsonObject)?["path"]) is not { } path)
                throw ProtocolException.BadRequest($"Missing path in full-text index specification at index ({i}).");
            if (!PartitionKeyPath.IsOne(path))
                throw ProtocolException.BadRequest($"Full-text index specification at index ({i}) contains invalid path: {path}. A path is such as /text, without wildcards.");
            if (!paths.Contains(path))
                throw ProtocolException.BadRequest($"The path of the Full Text Index {path} does not match the path specified in the Full Text Policy.");
        }
    }

    // What would change how texts are read and is passed over in silence would find other items here than in Azure.
    private static void CheckMembers(JsonObject json, string[] known)
    {
        foreach (var (name, _) in json)
        {
            if (!known.Contains(name))
                throw ProtocolException.BadRequest($"fullTextPolicy: '{name}' is not supported; known are {string.Join(", ", known)}.");
        }
    }

    private static void CheckLanguage(JsonNode? language)
    {
        if (language is not null && (RuleText.Find(language) is not { } code || FullTextLanguages.Parse(code) is null))
            throw ProtocolException.BadRequest($"The Full Text Policy contains an unsupported language {language}. Supported languages are: {string.Join(", ", FullTextLanguages.Codes)}.");
    }
}
