using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Storage;

/// <summary>Where a container's partition keys lie. Keys come again and again, so the latest are remembered. Thread-safe.</summary>
internal sealed class KeyPlaces(PartitionKeyScheme scheme)
{
    private const int Remembered = 512;

    private readonly KeyPlace?[] _known = new KeyPlace?[Remembered];

    /// <param name="key">Canonical JSON.</param>
    public KeyPlace Of(string key) => Known(key) ?? Remember(key, PartitionKeyValue.Parse(key));

    public KeyPlace Of(PartitionKeyValue key)
    {
        var text = key.ToString();
        return Known(text) ?? Remember(text, key);
    }

    private KeyPlace? Known(string key) => _known[SlotOf(key)] is { } known && known.Key == key ? known : null;

    // Two threads may both compute a place; they get the same one.
    private KeyPlace Remember(string text, PartitionKeyValue key) =>
        _known[SlotOf(text)] = new KeyPlace(text, HashPrefix.Of(EffectivePartitionKey.Of(key, scheme)));

    private static int SlotOf(string key) => (int)((uint)key.GetHashCode() % Remembered);
}

/// <param name="Key">Canonical JSON: one string for all the items that have it.</param>
/// <param name="Hash">See <see cref="HashPrefix"/>.</param>
public sealed record KeyPlace(string Key, UInt128 Hash);
