using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Scripts;

/// <summary>A write with the triggers that its request names: those before may change the item, those after may write beside it. All of it
/// is one transaction: an error in any of them undoes the write.</summary>
public static class Triggers
{
    public static bool AreAsked(BackplaneRequest request) =>
        (request.Header(CosmosHeaders.PreTriggerInclude) ?? request.Header(CosmosHeaders.PostTriggerInclude)) is not null;

    /// <exception cref="ProtocolException">A trigger is not there, is of the other type or for other operations, or failed.</exception>
    public static Task<ItemResult> RunAsync(BackplaneRequest request, Container container, ItemOperation operation)
    {
        var before = Find(request, CosmosHeaders.PreTriggerInclude, "Pre", operation.Kind);
        var after = Find(request, CosmosHeaders.PostTriggerInclude, "Post", operation.Kind);
        return ScriptTransaction.RunAsync(request, container, operation.Place, transaction => Run(transaction, request, container, operation, before, after));
    }

    private static ItemResult Run(
        ScriptTransaction transaction, BackplaneRequest request, Container container, ItemOperation operation, List<Trigger> before, List<Trigger> after)
    {
        foreach (var trigger in before)
        {
            using var run = Start(trigger, null);
            if (operation.Body is not null && run.Request is { } changed)
                operation = With(operation, Changed(changed, operation, container));
        }

        var result = transaction.Run(operation);
        foreach (var trigger in result.Succeeded ? after : [])
        {
            var (usage, quota) = QuotaHeaders.Of(request, container.PartitionOf(operation.Hash));
            using var run = Start(trigger, new { body = result.Json.IsEmpty ? (JsonElement?)null : Parse(result.Json), usage, quota });
            if (run.Response is { } response && !result.Json.IsEmpty)
                result = result with { Json = Encoding.UTF8.GetBytes(response) };
        }

        if (result.Succeeded)
            transaction.Commit();
        return result;

        ScriptRun Start(Trigger trigger, object? response)
        {
            JsonElement? item = operation.Body is { } body ? Parse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Open.Span) + "}")) : null;
            var run = transaction.Start(new { body = item, operation = $"{operation.Kind}" }, response, writesRequest: trigger.Type == "Pre");
            run.Run(trigger.Name, trigger.Body, Parse("[]"u8.ToArray()));
            return run;
        }
    }

    // A new item is known by the id that it is written with.
    private static ItemOperation With(ItemOperation operation, DocumentBody body) =>
        operation with { Body = body, Id = operation.Kind == ItemOperationKind.Replace ? operation.Id : body.Id };

    private static DocumentBody Changed(string json, ItemOperation operation, Container container)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var body = DocumentBody.Read(bytes);
        if (ItemKeys.InBody(container, bytes).ToString() != operation.PartitionKey || (operation.Kind == ItemOperationKind.Replace && body.Id != operation.Id))
            throw new ScriptException("A trigger cannot change an item's partition key, nor the id of one that is replaced.");
        return body;
    }

    private static List<Trigger> Find(BackplaneRequest request, string header, string type, ItemOperationKind operation)
    {
        var names = (request.Header(header) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > 1)
            throw ProtocolException.BadRequest($"A write has at most one {type}-trigger; {header} names {names.Length}.");
        return [.. names
            .Select(name => Trigger.Read(request, name))
            .Select(trigger => trigger.Type != type ? throw ProtocolException.BadRequest($"The trigger '{trigger.Name}' is a {trigger.Type}-trigger, not a {type}-trigger.")
                : !trigger.IsFor(operation) ? throw ProtocolException.BadRequest($"The trigger '{trigger.Name}' is for {trigger.Operation}, not for {operation}.")
                : trigger)];
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, ItemText.DocumentOptions).RootElement;

    private sealed record Trigger(string Name, string Type, string Operation, string Body)
    {
        public static Trigger Read(BackplaneRequest request, string name)
        {
            var entry = request.Node.Catalog.Find($"{request.Path.Prefix(2)}/triggers/{name}") ?? throw ProtocolException.BadRequest($"There is no trigger '{name}'.");
            using var definition = JsonDocument.Parse(entry.Json);
            string Text(string member, string otherwise) =>
                definition.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : otherwise;
            return new(name, Text("triggerType", "Pre"), Text("triggerOperation", "All"), StoredProcedures.BodyOf(definition));
        }

        /// <summary>An upsert is a creation or a replacement, whichever it will be; Update is an older word for Replace.</summary>
        public bool IsFor(ItemOperationKind operation) => Operation == "All" || Operation == $"{operation}"
            || (Operation == "Update" && operation is ItemOperationKind.Replace or ItemOperationKind.Patch or ItemOperationKind.Upsert)
            || (operation == ItemOperationKind.Upsert && Operation is "Create" or "Replace");
    }
}
