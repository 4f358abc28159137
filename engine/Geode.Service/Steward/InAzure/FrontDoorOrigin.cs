using System.Text.Json;
using System.Text.Json.Nodes;

namespace Geode.Service.Steward.InAzure;

/// <param name="Weight">1 to 1000: the origin's part among those of about the same latency.</param>
/// <param name="Enabled">Whether it gets any traffic.</param>
internal readonly record struct OriginShare(int Weight, bool Enabled);

/// <summary>A geode's origin in Front Door (REST: AFD Origins - Update). A change reaches all of Front Door's places within minutes, not at
/// once.</summary>
internal sealed class FrontDoorOrigin(string name) : AzureKind<OriginShare>
{
    public const string ApiVersion = "2025-06-01";

    public override string Key => "origin";

    public override string What => $"the origin {name}";

    public override string Type => "Microsoft.Cdn/profiles/originGroups/origins";

    public override TimeSpan Pause => TimeSpan.FromMinutes(10);

    // A geode that is drained no longer must not be missing while another one is drained.
    public override bool GoesBackAtOnce => true;

    public override OriginShare Read(JsonElement properties) =>
        new(properties.GetProperty("weight").GetInt32(), properties.GetProperty("enabledState").GetString() != "Disabled");

    public override string? Refusal(JsonElement properties) => null;

    public override JsonObject Change(OriginShare values, DateTimeOffset now) => new()
    {
        ["properties"] = new JsonObject
        {
            ["weight"] = values.Weight,
            ["enabledState"] = values.Enabled ? "Enabled" : "Disabled",
        },
    };
}
