using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Geode.Service.Conflicts;

namespace Geode.Worker.Conflicts;

/// <summary>Merges two versions of one question that were written in two regions before either had seen the other. Whoever merges the
/// same two gets the same result, in whichever order they come.</summary>
/// <remarks>The rule: what only one of them changed is taken; where both changed the title, the later edit's stands; of tags,
/// both additions and both removals count; of the body, passages that both changed are kept both; an accepted answer stands over
/// none, the later of two. Both originals are kept in <c>history</c>.</remarks>
internal sealed class PostMerge : IConflictMerge<JsonObject>
{
    private const int MaxHistory = 10;
    private const int MaxTags = 5;

    /// <summary>The merged question, or null when both say the same.</summary>
    public JsonObject? Merge(JsonObject one, JsonObject other)
    {
        var (later, earlier) = IsLater(one, other) ? (one, other) : (other, one);
        if (SameContent(later, earlier))
            return null;
        if (Holds(later, earlier))
            return Accepting(later, earlier);
        if (Holds(earlier, later))
            return Accepting(earlier, later);

        var start = CommonStart(later, earlier);
        var merged = later.DeepClone().AsObject();
        merged["title"] = Pick(start, later, earlier, "title");
        merged["body"] = start is null
            ? TextMerge.Both(Text(later, "body"), Text(earlier, "body"))
            : TextMerge.Merge(Text(start, "body"), Text(later, "body"), Text(earlier, "body"));
        merged["tags"] = Tags(start, later, earlier);
        merged["start"] = (start ?? Content(later)).DeepClone();
        merged["edits"] = new JsonArray(
            [.. Lineage.Merged(Edits(later), Edits(earlier), Content(merged).ToJsonString()).Select(edit => JsonValue.Create(edit))]);
        merged["history"] = History(later, earlier);
        return Accepting(merged, earlier);
    }

    // One that was edited with the other in sight; two that nobody has edited are just two.
    private static bool Holds(JsonObject version, JsonObject other) => Edits(version).Count > 0 && Lineage.Holds(Edits(version), Edits(other));

    // The first version, with the answer that was accepted in the second if none was in the first.
    private static JsonObject Accepting(JsonObject version, JsonObject other)
    {
        var accepting = BackplaneJson.Own(version);
        if (accepting["acceptedAnswerId"] is null && other["acceptedAnswerId"] is { } accepted)
            accepting["acceptedAnswerId"] = accepted.DeepClone();
        return accepting;
    }

    // The later edit; for edits of the same moment any order will do that is the same everywhere.
    private static bool IsLater(JsonObject one, JsonObject other)
    {
        var byTime = string.CompareOrdinal(When(one), When(other));
        return byTime != 0 ? byTime > 0 : string.CompareOrdinal(Content(one).ToJsonString(), Content(other).ToJsonString()) > 0;
    }

    private static bool SameContent(JsonObject one, JsonObject other) =>
        JsonNode.DeepEquals(Content(one), Content(other)) && Text(one, "acceptedAnswerId") == Text(other, "acceptedAnswerId");

    // An edit keeps the text it started from. Where the other version holds that text, they went apart there.
    private static JsonObject? CommonStart(JsonObject later, JsonObject earlier) =>
        Lineage.HoldsStartOf(Edits(earlier), Edits(later)) ? later["start"] as JsonObject
        : Lineage.HoldsStartOf(Edits(later), Edits(earlier)) ? earlier["start"] as JsonObject
        : null;

    private static JsonNode? Pick(JsonObject? start, JsonObject later, JsonObject earlier, string property) =>
        (start is not null && Text(later, property) == Text(start, property) ? earlier : later)[property]?.DeepClone();

    private static JsonArray Tags(JsonObject? start, JsonObject later, JsonObject earlier)
    {
        var (o, a, b) = (TagsOf(start), TagsOf(later), TagsOf(earlier));
        var kept = a.Union(b).Where(tag => !o.Contains(tag) || (a.Contains(tag) && b.Contains(tag)));
        return [.. kept.Order(StringComparer.Ordinal).Take(MaxTags).Select(tag => JsonValue.Create(tag))];
    }

    private static JsonArray History(JsonObject later, JsonObject earlier)
    {
        var entries = new[] { earlier, later }
            .SelectMany(version => (version["history"] as JsonArray ?? []).Select(entry => entry!.DeepClone()).Append(Original(version)))
            .DistinctBy(entry => entry.ToJsonString());
        return [.. entries.TakeLast(MaxHistory)];
    }

    private static JsonObject Original(JsonObject version)
    {
        var original = Content(version);
        original["region"] = version["editedIn"]?.DeepClone() ?? version["region"]?.DeepClone();
        original["at"] = When(version);
        return original;
    }

    private static JsonObject Content(JsonObject version) => new()
    {
        ["title"] = version["title"]?.DeepClone(),
        ["body"] = version["body"]?.DeepClone(),
        ["tags"] = version["tags"]?.DeepClone() ?? new JsonArray(),
    };

    private static string When(JsonObject version) => Text(version, "editedAt") is { Length: > 0 } edited ? edited : Text(version, "createdAt");

    private static List<string> Edits(JsonObject version) =>
        version["edits"] is JsonArray edits ? [.. edits.Select(edit => edit!.GetValue<string>())] : [];

    private static HashSet<string> TagsOf(JsonObject? version) =>
        version?["tags"] is JsonArray tags ? [.. tags.Select(tag => tag!.GetValue<string>())] : [];

    private static string Text(JsonObject version, string property) =>
        version[property] is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : "";
}
