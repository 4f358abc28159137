using System.Text.Json;

namespace Geode.Backplane.Storage;

/// <summary>When items expire: their own <c>ttl</c>, else the container's, counted from the clock of the commit that wrote them. It
/// follows from the version and the container alone, so every region has the same answer.</summary>
public static class Expiry
{
    /// <summary>Unix seconds after which the item is gone, or <see cref="long.MaxValue"/>.</summary>
    public static long Of(ContainerSettings settings, Commit commit, Operation operation)
    {
        if (settings.DefaultTtl is not { } seconds || operation.Kind == OperationKind.DeleteDocument)
            return long.MaxValue;
        using var document = JsonDocument.Parse(operation.Json, ItemText.DocumentOptions);
        if (document.RootElement.TryGetProperty("ttl"u8, out var own) && own.ValueKind == JsonValueKind.Number && own.TryGetInt32(out var ownSeconds))
            seconds = ownSeconds;
        return seconds == -1 ? long.MaxValue : HybridClock.Seconds(commit.Stamp) + seconds;
    }
}
