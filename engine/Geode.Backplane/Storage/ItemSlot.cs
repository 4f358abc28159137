namespace Geode.Backplane.Storage;

/// <summary>Where a partition keeps one item, whatever its version. All that finds the item by something that a new version does not
/// change finds the slot, so that a new version changes nothing but the slot. Read and set under the partition's lock.</summary>
internal sealed class ItemSlot(Document current)
{
    public Document Current { get; set; } = current;
}
