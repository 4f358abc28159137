namespace Geode.Personal.Learned;

/// <summary>What a model's bytes are bounded by. Numbers are little-endian; texts are UTF-8 after their length in two bytes.</summary>
internal static class ModelFormat
{
    public const int Version = 1;

    public const int MaxItems = 200_000;
    public const int MaxTags = 20_000;
    public const int MaxWords = 50_000;
    public const int MaxEntries = 4_000_000;
    public const int MaxTrees = 1_000;
    public const int MaxNodes = 200_000;
    public const int MaxTextBytes = 1_024;

    /// <summary>No weight, threshold or value of a good model is beyond.</summary>
    public const float Largest = 1e6f;

    /// <summary>SHA-256 of all bytes before, at the end.</summary>
    public const int ChecksumLength = 32;

    public static ReadOnlySpan<byte> Magic => "GeodeTaste\n"u8;
}
