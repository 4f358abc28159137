using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol.Throughput;

/// <summary>What throughput may be: manual from 400 RU/s in steps of 100, or autoscale with a maximum from 1,000 in steps of 1,000.</summary>
public static class ThroughputRules
{
    public const int Least = 400;
    private const int Step = 100;
    private const int AutoscaleStep = 1000;
    private const int Most = 1_000_000;

    /// <summary>The content of an offer as the request's headers ask for it; null when they do not.</summary>
    /// <exception cref="ProtocolException">400: a value that is not allowed.</exception>
    public static JsonObject? FromHeaders(BackplaneRequest request)
    {
        if (request.Header(CosmosHeaders.OfferAutopilotSettings) is { } autopilot)
        {
            return request.Header(CosmosHeaders.OfferThroughput) is null
                ? Autoscale(autopilot)
                : throw ProtocolException.BadRequest("A request sets manual or autoscale throughput, not both.");
        }

        if (request.Header(CosmosHeaders.OfferThroughput) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var throughput)
            ? Manual(throughput)
            : throw ProtocolException.BadRequest($"x-ms-offer-throughput '{text}' is not a number.");
    }

    /// <summary>The content of an offer that replaces another.</summary>
    /// <exception cref="ProtocolException">400: a value that is not allowed.</exception>
    public static JsonObject FromOffer(JsonObject offer)
    {
        if (offer["content"] is not JsonObject content)
            throw ProtocolException.BadRequest("An offer has an object 'content'.");
        if (content["offerAutopilotSettings"] is JsonObject autopilot)
            return Autoscale(autopilot.ToJsonString());
        return RuleText.Number(content["offerThroughput"]) is { } throughput
            ? Manual(throughput)
            : throw ProtocolException.BadRequest("An offer's content has a number 'offerThroughput', or 'offerAutopilotSettings' with 'maxThroughput'.");
    }

    public static JsonObject Manual(int throughput)
    {
        if (throughput is < Least or > Most || throughput % Step != 0)
            throw ProtocolException.BadRequest($"The offer throughput {throughput} is not from {Least} to {Most} in increments of {Step}.");
        return new JsonObject { ["offerThroughput"] = throughput, ["offerIsRUPerMinuteThroughputEnabled"] = false };
    }

    /// <summary>Request units per second that an offer allows at most.</summary>
    /// <param name="offer">An offer resource that has been checked.</param>
    public static int LimitOf(ReadOnlyMemory<byte> offer)
    {
        using var document = JsonDocument.Parse(offer);
        var content = document.RootElement.GetProperty("content");
        return content.TryGetProperty("offerAutopilotSettings", out var autopilot)
            ? autopilot.GetProperty("maxThroughput").GetInt32()
            : content.GetProperty("offerThroughput").GetInt32();
    }

    /// <summary>As <see cref="LimitOf(ReadOnlyMemory{byte})"/>, of an offer's content.</summary>
    public static int LimitOf(JsonObject content) =>
        (content["offerAutopilotSettings"]?["maxThroughput"] ?? content["offerThroughput"])!.GetValue<int>();

    private static JsonObject Autoscale(string autopilot)
    {
        if (SettingsOf(autopilot) is not { } settings || RuleText.Number(settings["maxThroughput"]) is not { } maximum)
            throw ProtocolException.BadRequest($"The autoscale settings '{autopilot}' have no number 'maxThroughput'.");
        if (maximum is < AutoscaleStep or > Most || maximum % AutoscaleStep != 0)
            throw ProtocolException.BadRequest($"The autoscale maximum {maximum} is not from {AutoscaleStep} to {Most} in increments of {AutoscaleStep}.");
        var kept = new JsonObject { ["maxThroughput"] = maximum };
        if (UpgradeOf(settings) is { } percent)
            kept["autoUpgradePolicy"] = new JsonObject { ["throughputPolicy"] = new JsonObject { ["incrementPercent"] = percent } };
        return new JsonObject
        {
            // What an idle autoscale resource is billed for.
            ["offerThroughput"] = maximum / 10,
            ["offerIsRUPerMinuteThroughputEnabled"] = false,
            ["offerAutopilotSettings"] = kept,
        };
    }

    // By how many percent the maximum grows as the container fills up; kept, and never acted on.
    private static int? UpgradeOf(JsonObject settings)
    {
        if (settings["autoUpgradePolicy"] is not { } policy)
            return null;
        return RuleText.Number(((policy as JsonObject)?["throughputPolicy"] as JsonObject)?["incrementPercent"]) is { } percent && percent >= 0
            ? percent
            : throw ProtocolException.BadRequest("The autoscale settings' autoUpgradePolicy has a 'throughputPolicy' with 'incrementPercent', a whole number from 0.");
    }

    private static JsonObject? SettingsOf(string autopilot)
    {
        try
        {
            return JsonNode.Parse(autopilot) as JsonObject;
        }
        catch (JsonException e)
        {
            throw ProtocolException.BadRequest($"The autoscale settings '{autopilot}' are not JSON: {e.Message}");
        }
    }
}
