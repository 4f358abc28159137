namespace Geode.Personal.Scoring;

/// <summary>Mixes an order so that what is seen first is not all about one thing.</summary>
internal static class Variety
{
    /// <summary>Places that are mixed; what is after them keeps its order.</summary>
    private const int Places = 30;

    /// <summary>How far an item may be moved up.</summary>
    private const int Window = 20;

    /// <summary>So many places away a tag may be shown again.</summary>
    private const int Apart = 3;

    /// <summary>At each place the first item left that shares no tag with the last ones shown, or else the first one left.</summary>
    public static IReadOnlyList<Item> Mix(IReadOnlyList<Item> ordered)
    {
        var left = new LinkedList<Item>(ordered);
        var mixed = new List<Item>(ordered.Count);
        while (left.First is { } first && mixed.Count < Places)
        {
            var next = first;
            for (var (node, step) = (first, 0); node is not null && step < Window; (node, step) = (node.Next, step + 1))
            {
                if (Repeats(mixed, node.Value)) continue;
                next = node;
                break;
            }

            mixed.Add(next.Value);
            left.Remove(next);
        }

        mixed.AddRange(left);
        return mixed;
    }

    private static bool Repeats(List<Item> shown, Item item)
    {
        for (var i = Math.Max(0, shown.Count - Apart); i < shown.Count; i++)
            foreach (var tag in shown[i].Tags)
                if (item.Tags.Contains(tag))
                    return true;
        return false;
    }
}
