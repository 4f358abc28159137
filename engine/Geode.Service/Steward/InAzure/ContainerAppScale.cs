using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Geode.Service.Steward.InAzure;

/// <param name="Least">Fewest replicas.</param>
internal readonly record struct AppScale(int Least);

/// <summary>The fewest replicas of a container app (REST: Container Apps - Update). A change of the template, scale included, makes a new
/// revision: with one active revision, the new one starts all its replicas beside the old one, takes the traffic when it is ready, and then the
/// old one ends. So each change costs a start of every instance, and the connections that were open.</summary>
internal sealed class ContainerAppScale(string name) : AzureKind<AppScale>
{
    public const string ApiVersion = "2025-01-01";

    public override string Key => "app";

    public override string What => $"the container app {name}";

    public override string Type => "Microsoft.App/containerApps";

    public override TimeSpan Pause => TimeSpan.FromMinutes(15);

    // It costs as much as the other way.
    public override bool GoesBackAtOnce => false;

    // Azure leaves out what is 0.
    public override AppScale Read(JsonElement properties) => new(Replicas(properties, "minReplicas") ?? 0);

    /// <summary>The most that it may have.</summary>
    public static int? Most(JsonElement properties) => Replicas(properties, "maxReplicas");

    public override string? Refusal(JsonElement properties) =>
        properties.TryGetProperty("configuration", out var configuration) && configuration.TryGetProperty("activeRevisionsMode", out var mode) && mode.GetString() != "Single"
            ? $"two revisions of {What} are live (blue/green): what plans would change is a third one that gets no traffic"
            : null;

    public override string? Failure(JsonElement properties) =>
        base.Failure(properties) is null ? null : $"the new revision of {What} did not come up; the one before serves, with as many replicas as it had";

    public override bool IsBusy(JsonElement properties) =>
        base.IsBusy(properties)
        || (Text(properties, "latestRevisionName") is { } latest && Text(properties, "latestReadyRevisionName") is { } ready && latest != ready
            && Text(properties, "provisioningState") is not ("Failed" or "Canceled"));

    // The name of a revision is never given twice: Azure ignores such a change, or refuses it.
    public override JsonObject Change(AppScale values, DateTimeOffset now) => new()
    {
        ["properties"] = new JsonObject
        {
            ["template"] = new JsonObject
            {
                ["revisionSuffix"] = $"s{now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}",
                ["scale"] = new JsonObject { ["minReplicas"] = values.Least },
            },
        },
    };

    private static int? Replicas(JsonElement properties, string bound) =>
        properties.GetProperty("template").TryGetProperty("scale", out var scale) && scale.ValueKind == JsonValueKind.Object
        && scale.TryGetProperty(bound, out var count) && count.ValueKind == JsonValueKind.Number ? count.GetInt32() : null;

    private static string? Text(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
