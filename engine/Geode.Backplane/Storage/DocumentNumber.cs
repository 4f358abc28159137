namespace Geode.Backplane.Storage;

/// <summary>An item's number within its container, from which its <c>_rid</c> is made: a counter of creations in the upper 36 bits,
/// so that numbers rise with age, and 24 bits of the creating region, so that two regions never give the same one.</summary>
public static class DocumentNumber
{
    public static ulong Of(ulong counter, RegionId region) => counter << 24 | (region.Value & 0xFF_FFFF);

    public static ulong Counter(ulong number) => number >> 24;
}
