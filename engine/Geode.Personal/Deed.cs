namespace Geode.Personal;

/// <summary>What a visitor did with an item.</summary>
/// <param name="Visitor">Who; used to tell histories apart, and part of no model.</param>
/// <param name="Item">The item's id.</param>
/// <param name="Value">−1 (dislikes it) to 1 (likes it). A view alone is <see cref="View"/>.</param>
/// <param name="At">When.</param>
public sealed record Deed(string Visitor, string Item, double Value, DateTimeOffset At)
{
    /// <summary>The value of a view: what is above was liked.</summary>
    public const double View = 0.25;

    /// <summary>Whether it says that the visitor likes the item: more than having looked at it.</summary>
    public bool IsLiking => Value > View;
}
