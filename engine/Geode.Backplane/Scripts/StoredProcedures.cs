using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Handlers;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Scripts;

/// <summary>Runs stored procedures: all that one does is one transaction over the partition key it is run for. It runs on the replica's
/// writer, so it sees nothing half done, and no write comes between.</summary>
public static class StoredProcedures
{
    /// <param name="script">The resource.</param>
    public static async Task RunAsync(BackplaneRequest request, CatalogEntry script)
    {
        var container = request.FindContainer();
        var key = container.PlaceOf(ItemKeys.FromHeader(request, container));
        using var definition = JsonDocument.Parse(script.Json);
        using var arguments = await ArgumentsAsync(request);
        var log = new StringBuilder();
        try
        {
            var (response, charge) = await request.Node.Replica.WriteAsync(
                writer => ScriptThread.Run(() => Run(request, writer, container, key, script.Name, BodyOf(definition), arguments.RootElement, log)));
            request.DescribePartition(container.PartitionOf(key.Hash));
            request.Charge(charge);
            Tell(request, log);
            await request.AnswerAsync(200, response ?? "");
        }
        catch (ScriptException e)
        {
            Tell(request, log);
            throw new ProtocolException(e.Status, e.Message, e.SubStatus);
        }
    }

    /// <summary>A script's text.</summary>
    internal static string BodyOf(JsonDocument definition) => definition.RootElement.GetProperty("body").GetString()!;

    /// <summary>What scripts wrote to their log goes back with the answer, when the client asked for it.</summary>
    internal static void Tell(BackplaneRequest request, StringBuilder log)
    {
        if (request.Flag(CosmosHeaders.ScriptEnableLogging))
            request.Http.Response.Headers[CosmosHeaders.ScriptLogResults] = Uri.EscapeDataString(log.ToString());
    }

    private static (string? Response, double Charge) Run(
        BackplaneRequest request, ReplicaWriter writer, Container container, KeyPlace key, string name, string body, JsonElement arguments, StringBuilder log)
    {
        var transaction = ItemTransaction.Begin(writer, container) ?? throw ProtocolException.OwnerNotFound(container.Settings.Name);
        var links = new ScriptLinks(container, request.Path.Prefix(2));
        var collection = new ScriptCollection(transaction, container, key, links, request.Node.Replica.Time, QueryHandler.OptionsFor(request, container));
        using var run = new ScriptRun(
            ScriptLimits.Default,
            collection,
            new { selfLink = links.Self, altLink = links.Alt, request = new { body = arguments, operation = "Execute" }, response = new { }, writesRequest = false },
            log);
        run.Run(name, body, arguments);
        var response = run.Response;
        transaction.Commit();
        return (response, 5 + collection.Charge);
    }

    private static async Task<JsonDocument> ArgumentsAsync(BackplaneRequest request)
    {
        var body = await request.ReadBodyAsync();
        if (body.IsEmpty)
            return JsonDocument.Parse("[]");
        var arguments = RequestJson.Parse(body);
        return arguments.RootElement.ValueKind == JsonValueKind.Array
            ? arguments
            : throw ProtocolException.BadRequest("The arguments of a stored procedure are a JSON array.");
    }
}
