using System.Text;

namespace Geode.Personal.Scoring;

/// <summary>The words of a text as hashes that are the same in every process: FNV-1a of their lower-case letters and digits. Letters of scripts
/// that are written without blanks are words of their own.</summary>
internal static class TextWords
{
    /// <summary>What is after it is not read.</summary>
    public const int MaxLength = 400;

    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    /// <returns>Each once, ascending.</returns>
    public static uint[] Of(string text)
    {
        var words = new SortedSet<uint>();
        var (hash, length) = (Basis, 0);
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, MaxLength)).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                (hash, length) = (Add(hash, Rune.ToLowerInvariant(rune).Value), length + 1);
                if (!IsWordAlone(rune)) continue;
                length++;
            }

            // A single letter says nothing.
            if (length > 1) words.Add(hash);
            (hash, length) = (Basis, 0);
        }

        if (length > 1) words.Add(hash);
        return [.. words];
    }

    private static uint Add(uint hash, int rune)
    {
        for (; rune != 0; rune >>= 8) hash = (hash ^ (uint)(rune & 0xFF)) * Prime;
        return hash;
    }

    private static bool IsWordAlone(Rune rune) => rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0x20000 and <= 0x323AF);
}
