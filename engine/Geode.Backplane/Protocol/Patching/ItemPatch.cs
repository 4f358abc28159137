using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Protocol.Patching;

/// <summary>A partial update: up to ten operations, which apply to the item as a whole or not at all, and a condition.</summary>
public sealed class ItemPatch
{
    private const int MostOperations = 10;
    private static readonly string[] ReadOnlyProperties = ["id", "_rid", "_self", "_etag", "_attachments", "_ts"];
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly IReadOnlyList<PatchOperation> _operations;
    private readonly PatchCondition? _condition;
    private readonly TimeProvider _time;

    private ItemPatch(IReadOnlyList<PatchOperation> operations, PatchCondition? condition, TimeProvider time) =>
        (_operations, _condition, _time) = (operations, condition, time);

    /// <summary>Reads <c>{"condition"?: "FROM c WHERE …", "operations": […]}</c>, or the operations alone.</summary>
    /// <exception cref="FormatException">It is something else, or changes what a patch must not; the message is for the client.</exception>
    public static ItemPatch Read(ReadOnlyMemory<byte> json, Container container, TimeProvider time)
    {
        RequestJson.CheckText(json);
        try
        {
            using var document = JsonDocument.Parse(json, ItemText.WrappedOptions);
            var root = document.RootElement;
            var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("operations", out var operationsMember) ? operationsMember : root;
            if (list.ValueKind != JsonValueKind.Array)
                throw new FormatException("A patch is an object with an array 'operations', or that array.");
            if (list.GetArrayLength() is 0 or > MostOperations)
                throw new FormatException($"A patch has 1 to {MostOperations} operations, not {list.GetArrayLength()}.");
            // The operations outlive the document: what they hold must be their own.
            PatchOperation[] operations = [.. list.EnumerateArray().Select(o => PatchOperation.Read(o.Clone()))];
            foreach (var operation in operations)
            {
                CheckWritable(operation.Path, container);
                if (operation.From is { } from)
                    CheckWritable(from, container);
            }

            return new ItemPatch(operations, ConditionOf(root), time);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A string with half of a surrogate pair is JSON, but no text.
            throw ItemText.Malformed(json.Span, e);
        }
    }

    /// <summary>The patched item.</summary>
    /// <param name="item">The stored item, UTF-8 JSON.</param>
    /// <exception cref="ItemRefusedException">412: the condition does not hold; 400: an operation does not fit the item.</exception>
    public DocumentBody Apply(ReadOnlyMemory<byte> item)
    {
        try
        {
            if (_condition is not null && !_condition.Holds(item, _time))
                throw new ItemRefusedException(412, "One of the specified pre-condition is not met: the item does not satisfy the patch's condition.", SubStatus.PatchConditionNotMet);
            try
            {
                return Changed(item);
            }
            catch (ArgumentException)
            {
                // The item is older than the rule that it has each name once.
                return Changed(ItemRepeats.KeepLast(item));
            }
        }
        catch (FormatException e)
        {
            throw new ItemRefusedException(400, e.Message);
        }
        catch (InvalidOperationException)
        {
            throw new ItemRefusedException(400, "The item has a string with half of a surrogate pair, which is no text: replace the item instead of patching it.");
        }
    }

    private DocumentBody Changed(ReadOnlyMemory<byte> item)
    {
        var root = JsonNode.Parse(item.Span, documentOptions: ItemText.DocumentOptions)!.AsObject();
        for (var i = 0; i < _operations.Count; i++)
            Apply(root, _operations[i], i + 1);
        using var patched = new MemoryStream();
        using (var writer = new Utf8JsonWriter(patched, Plain))
            root.WriteTo(writer);
        return DocumentBody.Read(patched.ToArray());
    }

    // Which operation it was, in Cosmos DB's words.
    private static void Apply(JsonObject root, PatchOperation operation, int number)
    {
        try
        {
            PatchSteps.Apply(root, operation);
        }
        catch (FormatException e)
        {
            var why = e is MissingParentException missing
                ? $"{operation.Kind} Operation can only create a child object of an existing node(array or object) and cannot create path recursively, no path found beyond: '{missing.Segment}'."
                : e.Message;
            throw new FormatException($"For Operation({number}): {why} Learn more: https://aka.ms/cosmosdbpatchdocs");
        }
    }

    private static PatchCondition? ConditionOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("condition", out var condition) && condition.ValueKind == JsonValueKind.String ? PatchCondition.Parse(condition.GetString()!) : null;

    private static void CheckWritable(PatchPointer path, Container container)
    {
        if (ReadOnlyProperties.Contains(path.Segments[0]))
            throw new FormatException($"A patch cannot change '{path}': the property '{path.Segments[0]}' is read-only.");
        if (container.Settings.PartitionKey.FirstOrDefault(k => path.Overlaps(k.Segments)) is { } key)
            throw new FormatException($"A patch cannot change '{path}': the partition key '{key}' of an item is read-only.");
    }
}
