namespace Geode.Service.Stamps;

/// <summary>What the directory says of a tenant. It holds nothing of the tenant but its name.</summary>
/// <param name="Id">The tenant.</param>
/// <param name="Stamp">Where its data is; during a move the old one until the moment at which the new one takes over.</param>
/// <param name="Residency">Where the data has to stay; null: anywhere.</param>
/// <param name="Move">The move that is under way.</param>
/// <param name="Last">How the last move ended.</param>
public sealed record DirectoryEntry(string Id, string Stamp, string? Residency = null, TenantMove? Move = null, MoveOutcome? Last = null);

/// <summary>A tenant on its way from one stamp to another.</summary>
/// <param name="Phase">One of <see cref="MovePhases"/>: what is being done, and done again by whoever takes over.</param>
/// <param name="Since">When this phase began, by the clock of who began it.</param>
/// <param name="Residency">Where the data has to stay once it is there; null: anywhere.</param>
/// <param name="Why">It is being undone for this reason.</param>
public sealed record TenantMove(string From, string To, string Phase, DateTimeOffset Since, string? Residency = null, string? Why = null);

/// <param name="To">Where the tenant was to go.</param>
/// <param name="At">When the move was over.</param>
/// <param name="Undone">Why it stayed; null: it went.</param>
public sealed record MoveOutcome(string To, DateTimeOffset At, string? Undone = null);

/// <summary>The phases of a move, in their order.</summary>
public static class MovePhases
{
    /// <summary>The old stamp serves; what the tenant has is copied.</summary>
    public const string Copying = "copying";

    /// <summary>The old stamp serves reads and holds writes; the rest is copied and compared in every replica.</summary>
    public const string Pausing = "pausing";

    /// <summary>Requests are held.</summary>
    public const string Closing = "closing";

    /// <summary>The tenant is the new stamp's, which begins to serve. From here nothing is undone.</summary>
    public const string Opening = "opening";

    /// <summary>The new stamp serves; what is left in the old one is deleted.</summary>
    public const string Cleaning = "cleaning";

    /// <summary>The old stamp serves; what was copied is deleted.</summary>
    public const string Undoing = "undoing";

    /// <summary>Before the new stamp takes over.</summary>
    public static bool IsBefore(string phase) => phase is Copying or Pausing or Closing;
}
