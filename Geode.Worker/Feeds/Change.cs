using System.Text.Json;

namespace Geode.Worker.Feeds;

/// <summary>A changed document. Nothing about its form is taken for granted: one that is not as expected must not keep the SDK from
/// reading the others of its page.</summary>
public sealed class Change(JsonElement document)
{
    public JsonElement Document => document;

    public string Id => Text("id") ?? "";

    /// <summary>The partition of the containers <c>questions</c>, <c>votes</c> and <c>scores</c>.</summary>
    public string? QuestionId => Text("questionId");

    /// <summary>Seconds since 1970, when it was written, in the region it was written in.</summary>
    public long WrittenAt => Number("_ts");

    /// <summary>Its place in this region's feed.</summary>
    public long Lsn => Number("_lsn");

    /// <summary>The trace of the request that made the change.</summary>
    public string? Traceparent => Text("traceparent");

    /// <summary>Null when there is none, or it is no text.</summary>
    public string? Text(string property) =>
        document.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private long Number(string property) =>
        document.TryGetProperty(property, out var value) && value.TryGetInt64(out var number) ? number : 0;
}
