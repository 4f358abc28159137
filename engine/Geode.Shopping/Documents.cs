using Geode.Service.Feeds;
using Geode.Service.Idempotency;

namespace Geode.Shopping;

/// <summary>A shared list, in <c>lists</c>.</summary>
/// <param name="List">The partition: its own id.</param>
/// <param name="Start">What the last edit of the note started from.</param>
/// <param name="At">When the note was edited last.</param>
internal sealed record ShoppingList(
    string Id, string List, string Name, string Note, string Start, string At, string? Request, string? Traceparent) : IRepeatable
{
    string IRepeatable.Partition => List;
}

/// <summary>Something to buy, in <c>items</c>. Its id is its name: two who add the same add one.</summary>
internal sealed record Item(string Id, string List, string Region, string At, string? Traceparent);

/// <summary>How many items a list has, in <c>totals</c>.</summary>
internal sealed record Total(string List, int Items) : Recounted;

/// <summary>What is sent: a list's name, or its note.</summary>
internal sealed record Words(string? Text);

/// <summary>What listeners are told: of a list itself, one of its items (by its name) or its total.</summary>
internal sealed record ListChange(string List, string Id);
