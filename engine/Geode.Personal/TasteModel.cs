namespace Geode.Personal;

/// <summary>What was learned of how deeds tell what a visitor will like: of items, tags and words. It holds no visitor.</summary>
public sealed class TasteModel
{
    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is none, or cannot be right; the message says what is wrong.</exception>
    public static TasteModel Read(ReadOnlyMemory<byte> bytes) => throw new NotImplementedException();

    /// <summary>The model as bytes, the same for the same model.</summary>
    public byte[] Write() => throw new NotImplementedException();
}
