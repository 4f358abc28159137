using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Scripts;

/// <summary>What a script does with its collection, within one transaction over one partition key. Each call has a name and its
/// arguments as a JSON array, and is answered with <c>{resource, options}</c> or <c>{error: {number, body}}</c>.</summary>
internal sealed class ScriptCollection(ItemTransaction transaction, Container container, KeyPlace key, ScriptLinks links, TimeProvider time, QueryOptions queries)
{
    private const int DefaultPage = 100;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = ItemText.WrappedOptions.MaxDepth };

    /// <summary>Request units so far.</summary>
    public double Charge { get; private set; }

    public string Call(string name, JsonElement arguments)
    {
        try
        {
            return name switch
            {
                "create" => Put(ItemOperationKind.Create, arguments),
                "upsert" => Put(ItemOperationKind.Upsert, arguments),
                "replace" => Replace(arguments),
                "read" => Run(ById(ItemOperationKind.Read, arguments)),
                "delete" => Run(ById(ItemOperationKind.Delete, arguments)),
                "feed" => Query(arguments, "SELECT * FROM c", default),
                "query" => Query(arguments),
                "all" => All(),
                _ => throw new ScriptException($"There is no '{name}'."),
            };
        }
        catch (ScriptException e)
        {
            return Error(e.Status, e.Message);
        }
        catch (ProtocolException e)
        {
            return Error(e.Status, e.Message);
        }
        catch (Exception e) when (e is FormatException or QueryException or SqlQueryException)
        {
            return Error(400, e.Message);
        }
    }

    private string Put(ItemOperationKind kind, JsonElement arguments)
    {
        OfCollection(arguments);
        var item = arguments[1].ValueKind == JsonValueKind.Object ? JsonObject.Create(arguments[1])! : throw new ScriptException("An item is an object.");
        var makesIds = Option(arguments, "disableAutomaticIdGeneration") is not { ValueKind: JsonValueKind.True };
        if (!item.ContainsKey("id") && makesIds)
            item["id"] = Guid.NewGuid().ToString();
        return Run(Write(kind, Encoding.UTF8.GetBytes(item.ToJsonString(Plain)), arguments));
    }

    private string Replace(JsonElement arguments)
    {
        var id = links.IdOf(Text(arguments[0]), transaction.Changes.Values);
        var operation = Write(ItemOperationKind.Replace, Encoding.UTF8.GetBytes(arguments[1].GetRawText()), arguments);
        return operation.Id == id ? Run(operation) : throw new ScriptException($"The item's id '{operation.Id}' is not the link's '{id}'.");
    }

    private ItemOperation Write(ItemOperationKind kind, byte[] json, JsonElement arguments)
    {
        var body = DocumentBody.Read(json);
        if (!ItemKeys.InBody(container, json).ToString().Equals(key.Key, StringComparison.Ordinal))
            throw new ScriptException($"A script writes under the partition key it runs for, {key.Key}; the item has {ItemKeys.InBody(container, json)}.");
        if (Option(arguments, "indexAction") is { } action && Text(action)?.ToLowerInvariant() is not ("default" or "include" or "exclude"))
            throw new ScriptException($"The option indexAction must be default, include or exclude, not {action}.");
        return new ItemOperation(kind, body.Id, key, body, Text(Option(arguments, "etag")));
    }

    private ItemOperation ById(ItemOperationKind kind, JsonElement arguments) =>
        new(kind, links.IdOf(Text(arguments[0]), transaction.Changes.Values), key, IfMatch: kind == ItemOperationKind.Read ? null : Text(Option(arguments, "etag")));

    private string Run(ItemOperation operation)
    {
        var result = transaction.Run(operation);
        if (!result.Succeeded)
            return Error(result.Status, result.Error ?? $"The {operation.Kind} failed.");
        Charge += RequestCharge.Of(operation.Kind, result);
        return result.Json.IsEmpty ? """{"options":{}}""" : Answer(Encoding.UTF8.GetString(result.Json.Span));
    }

    private string Query(JsonElement arguments) => arguments[1].ValueKind == JsonValueKind.Object
        ? Query(arguments, Text(Option(arguments[1], "query")) ?? throw new ScriptException("A query is a text, or an object with a 'query'."), Option(arguments[1], "parameters") ?? default)
        : Query(arguments, Text(arguments[1]) ?? throw new ScriptException("A query is a text, or an object with a 'query'."), default);

    private string Query(JsonElement arguments, string text, JsonElement parameters)
    {
        OfCollection(arguments);
        var size = PageSize(Option(arguments, "pageSize"));
        var from = Text(Option(arguments, "continuation")) is { Length: > 0 } continuation ? QueryContinuation.Parse(continuation) : null;
        var page = new QueryExecutor(time).Execute(
            ParsedQueryCache.Shared.Parse(text), QueryParameters.Parse(parameters), Documents(), from, size, queries);
        Charge += RequestCharge.Query(page.DocumentsLoaded, page.IndexSeeks, page.Items.Length);
        return Answer(Encoding.UTF8.GetString(page.Items.Span), page.Continuation);
    }

    private static int PageSize(JsonElement? given) => given switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => DefaultPage,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var items) && items is > 0 or -1 => items > 0 ? items : DefaultPage,
        _ => throw new ScriptException($"The option pageSize must be a whole number from 1, or -1, not {given}."),
    };

    private string All()
    {
        var documents = Documents().All;
        Charge += RequestCharge.Query(documents.Count, 0, documents.Sum(d => (long)d.Json.Length));
        return Answer($"[{string.Join(',', documents.Select(d => Encoding.UTF8.GetString(d.Json.Span)))}]");
    }

    private TransactionDocuments Documents() => new(container, key, transaction.Changes, time.GetUtcNow().ToUnixTimeSeconds());

    private void OfCollection(JsonElement arguments)
    {
        if (!links.IsCollection(Text(arguments[0])))
            throw new ScriptException($"'{Text(arguments[0])}' is not the script's collection; a script reaches no other.", 404);
    }

    /// <param name="resource">JSON.</param>
    private static string Answer(string resource, string? continuation = null) =>
        "{\"resource\":" + resource + ",\"options\":" + (continuation is null ? "{}" : JsonSerializer.Serialize(new { continuation })) + "}";

    private static string Error(int number, string body) => JsonSerializer.Serialize(new { error = new { number, body }, options = new { } });

    /// <summary>A member of the last argument, or of the object given.</summary>
    private static JsonElement? Option(JsonElement from, string name)
    {
        var options = from.ValueKind == JsonValueKind.Array ? from[from.GetArrayLength() - 1] : from;
        return options.ValueKind == JsonValueKind.Object && options.TryGetProperty(name, out var value) ? value : null;
    }

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
