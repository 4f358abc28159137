using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Storage;

/// <summary>When items expire: their own <c>ttl</c>, else the container's, counted from the clock of the commit that wrote them, or from
/// the number that the container's <c>ttlPropertyPath</c> leads to in the item. It follows from the version and the container alone, so every region has the same answer.</summary>
public static class Expiry
{
    // Far beyond any date, and far from where sums overflow.
    private const double LatestStart = 1e15;

    /// <summary>Unix seconds after which the item is gone, or <see cref="long.MaxValue"/>.</summary>
    public static long Of(ContainerSettings settings, Commit commit, Operation operation)
    {
        if (settings.DefaultTtl is not { } seconds || operation.Kind == OperationKind.DeleteDocument)
            return long.MaxValue;
        using var document = JsonDocument.Parse(operation.Json, ItemText.DocumentOptions);
        if (document.RootElement.TryGetProperty("ttl"u8, out var own) && own.ValueKind == JsonValueKind.Number && own.TryGetInt32(out var ownSeconds))
            seconds = ownSeconds;
        return seconds == -1 ? long.MaxValue : (settings.TtlPath is { } path ? At(document.RootElement, path) : null) ?? HybridClock.Seconds(commit.Stamp) + seconds;

        long? At(JsonElement item, PartitionKeyPath path)
        {
            foreach (var name in path.Segments)
            {
                if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out item))
                    return null;
            }

            return item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var start) && Math.Abs(start) <= LatestStart ? (long)start + seconds : null;
        }
    }
}
