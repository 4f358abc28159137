using System.Text.Json.Nodes;

namespace Geode.Backplane.Protocol.Patching;

/// <summary>What each kind of patch operation does to an item.</summary>
internal static class PatchSteps
{
    /// <exception cref="FormatException">The operation does not fit the item; the message is for the client.</exception>
    public static void Apply(JsonObject item, PatchOperation operation)
    {
        switch (operation.Kind)
        {
            case PatchKind.Add:
                Put(item, operation.Path, operation.Value?.DeepClone(), inserts: true);
                break;
            case PatchKind.Set:
                Put(item, operation.Path, operation.Value?.DeepClone(), inserts: false);
                break;
            case PatchKind.Replace:
                Find(item, operation.Path);
                Put(item, operation.Path, operation.Value?.DeepClone(), inserts: false);
                break;
            case PatchKind.Remove:
                Remove(item, operation.Path);
                break;
            case PatchKind.Increment:
                Increment(item, operation.Path, operation.Value!);
                break;
            default:
                var moved = Find(item, operation.From!)?.DeepClone();
                Remove(item, operation.From!);
                Put(item, operation.Path, moved, inserts: true);
                break;
        }
    }

    private static void Put(JsonObject item, PatchPointer path, JsonNode? value, bool inserts)
    {
        if (path.FindParent(item) is not JsonArray array)
            ((JsonObject)path.FindParent(item))[path.Last] = value;
        else if (path.Last == "-" || PatchPointer.Index(path.Last) == array.Count)
            array.Add(value);
        else if (PatchPointer.Index(path.Last) is { } index && index < array.Count)
            SetAt(array, index, value, inserts);
        else
            throw OutOfArray(path, array);
    }

    private static void SetAt(JsonArray array, int index, JsonNode? value, bool inserts)
    {
        if (inserts)
            array.Insert(index, value);
        else
            array[index] = value;
    }

    private static JsonNode? Find(JsonObject item, PatchPointer path) => path.FindParent(item) switch
    {
        JsonObject o => o.TryGetPropertyValue(path.Last, out var value) ? value : throw Missing(path),
        JsonArray a => PatchPointer.Index(path.Last) is { } index && index < a.Count ? a[index] : throw OutOfArray(path, a),
        _ => throw Missing(path),
    };

    private static void Remove(JsonObject item, PatchPointer path)
    {
        Find(item, path);
        if (path.FindParent(item) is JsonArray array)
            array.RemoveAt(PatchPointer.Index(path.Last)!.Value);
        else
            ((JsonObject)path.FindParent(item)).Remove(path.Last);
    }

    private static void Increment(JsonObject item, PatchPointer path, JsonNode by)
    {
        if (path.FindParent(item) is JsonObject parent && !parent.ContainsKey(path.Last))
        {
            parent[path.Last] = by.DeepClone();
            return;
        }

        if (Find(item, path) is not JsonValue current || !current.TryGetValue<double>(out var number))
            throw new FormatException($"The patch increments '{path}', which is not a number.");
        var isWhole = current.TryGetValue<long>(out var whole) & by.AsValue().TryGetValue<long>(out var step);
        var sum = number + by.GetValue<double>();
        if (!double.IsFinite(sum))
            throw new FormatException($"The patch increments '{path}' beyond the numbers of 64 bits in floating point.");
        Put(item, path, isWhole && !IsOverflow(whole, step) ? JsonValue.Create(whole + step) : JsonValue.Create(sum), inserts: false);
    }

    private static bool IsOverflow(long a, long b) => (b > 0 && a > long.MaxValue - b) || (b < 0 && a < long.MinValue - b);

    private static FormatException Missing(PatchPointer path) => new($"The patch path '{path}' does not exist in the item.");

    private static FormatException OutOfArray(PatchPointer path, JsonArray array) =>
        new($"The patch path '{path}' is not an index of the array, which has {array.Count} elements.");
}
