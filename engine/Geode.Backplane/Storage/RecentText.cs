using System.Text;

namespace Geode.Backplane.Storage;

/// <summary>Makes texts of UTF-8 that comes again and again: one string for all of them, as long as it is remembered.</summary>
internal static class RecentText
{
    private const int Remembered = 256;

    [ThreadStatic]
    private static string[]? _recent;

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var recent = ref (_recent ??= new string[Remembered])[(uint)hash.ToHashCode() % Remembered];
        if (recent is null || !Ascii.Equals(utf8, recent))
            recent = Encoding.UTF8.GetString(utf8);
        return recent;
    }
}
