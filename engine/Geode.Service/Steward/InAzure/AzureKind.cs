using System.Text.Json;
using System.Text.Json.Nodes;

namespace Geode.Service.Steward.InAzure;

/// <summary>What plans may change of one kind of resource, and how its REST interface says it.</summary>
/// <typeparam name="T">The values, equal by value.</typeparam>
internal abstract class AzureKind<T>
    where T : notnull
{
    /// <summary>Under this name changes are remembered.</summary>
    public abstract string Key { get; }

    /// <summary>With its article, for people.</summary>
    public abstract string What { get; }

    /// <summary>As Azure's roles name it: <c>Microsoft.App/containerApps</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Plans change it at most so often.</summary>
    public abstract TimeSpan Pause { get; }

    /// <summary>Whether what was there before may be put back sooner.</summary>
    public abstract bool GoesBackAtOnce { get; }

    public abstract T Read(JsonElement properties);

    /// <summary>Why it cannot be changed as it is; null: it can be.</summary>
    public abstract string? Refusal(JsonElement properties);

    /// <summary>Why it is not in effect though it is set; null: it is.</summary>
    public virtual string? Failure(JsonElement properties) =>
        properties.TryGetProperty("provisioningState", out var state) && state.GetString() is "Failed" or "Canceled" ? $"Azure could not change {What}: it was given up" : null;

    /// <summary>Whether an earlier change of it goes on still.</summary>
    public virtual bool IsBusy(JsonElement properties) =>
        properties.TryGetProperty("provisioningState", out var state) && state.GetString() is not ("Succeeded" or "Failed" or "Canceled");

    /// <summary>The merge patch that makes it so.</summary>
    public abstract JsonObject Change(T values, DateTimeOffset now);
}
