namespace Geode.Backplane.Scripts;

/// <summary>What one run of a script may take. While it runs, nothing else is written in its region.</summary>
public sealed record ScriptLimits
{
    public static ScriptLimits Default { get; } = new();

    /// <summary>How long it may run. Cosmos DB gives 5 seconds.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When its calls on the collection are no longer taken (they return false), so that it can end in good time.</summary>
    public TimeSpan Accepts { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Bytes it may allocate in all, also those it has let go of: a procedure that writes thousands of items takes more than it holds.</summary>
    public long Memory { get; init; } = 256 << 20;

    /// <summary>Calls within calls.</summary>
    public int Depth { get; init; } = 500;

    /// <summary>Characters of its log that are kept.</summary>
    public int Log { get; init; } = 256 << 10;
}
