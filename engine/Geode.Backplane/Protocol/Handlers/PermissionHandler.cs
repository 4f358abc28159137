using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>A user's permissions. Every answer about one carries a token that allows what it says, for as long as the request asks.</summary>
public sealed class PermissionHandler() : NamedResourceHandler("Permissions", "permission")
{
    private const int ShortestSeconds = 600;
    private const int LongestSeconds = 86_400;
    private const int DefaultSeconds = 3600;

    public static PermissionHandler Instance { get; } = new();

    // With its user it dies.
    protected override ulong NumberOf(CatalogEntry owner, string name, ulong generation) => owner.Number;

    protected override void Describe(JsonObject resource, CatalogEntry owner, ulong number, string name, ulong generation)
    {
        var user = ResourceId.ForUser((uint)(number >> 32), (uint)number);
        var rid = ResourceId.ForChild(user, ResourceKind.Permission, ResourceNumber.Permission(number, name, generation)).ToString();
        resource["_rid"] = rid;
        resource["_self"] = $"dbs/{user.DatabaseId}/users/{user}/permissions/{rid}/";
    }

    protected override void Check(BackplaneRequest request, JsonObject definition)
    {
        definition.Remove("_token");
        PermissionRules.Check(request, definition);
        SecondsOf(request);
    }

    protected override ReadOnlyMemory<byte> Answer(BackplaneRequest request, CatalogEntry resource)
    {
        var seconds = SecondsOf(request);
        var answer = JsonNode.Parse(resource.Json.Span)!.AsObject();
        answer["_token"] = request.Node.Tokens.Issue(PermissionRules.GrantOf(request.Node, resource, answer, seconds));
        return JsonSerializer.SerializeToUtf8Bytes(answer);
    }

    private static int SecondsOf(BackplaneRequest request)
    {
        if (request.Header(CosmosHeaders.ExpirySeconds) is not { } text)
            return DefaultSeconds;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= ShortestSeconds and <= LongestSeconds
            ? seconds
            : throw ProtocolException.BadRequest($"{CosmosHeaders.ExpirySeconds} must be a number of seconds from {ShortestSeconds} to {LongestSeconds}, not '{text}'.");
    }
}
