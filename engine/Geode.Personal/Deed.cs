namespace Geode.Personal;

/// <summary>What a visitor did with an item.</summary>
/// <param name="Visitor">Who; used to tell histories apart, and part of no model.</param>
/// <param name="Item">The item's id.</param>
/// <param name="Value">−1 (dislikes it) to 1 (likes it). A view alone is about 0.25.</param>
/// <param name="At">When.</param>
public sealed record Deed(string Visitor, string Item, double Value, DateTimeOffset At);
