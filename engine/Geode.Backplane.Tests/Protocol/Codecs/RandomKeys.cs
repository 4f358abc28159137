using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Geode.Backplane.Tests.Protocol.Codecs;

/// <summary>Seeded random partition keys as JSON.</summary>
internal static class RandomKeys
{
    public static string Json(Random random, int levels) =>
        $"[{string.Join(',', Enumerable.Range(0, levels).Select(_ => Level(random)))}]";

    private static string Level(Random random) => random.Next(8) switch
    {
        0 => "{}",
        1 => "null",
        2 => random.Next(2) == 0 ? "true" : "false",
        3 => random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture),
        4 => Number(random).ToString("R", CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(Text(random)),
    };

    private static double Number(Random random)
    {
        var number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
        return double.IsFinite(number) ? number : random.NextDouble();
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var length = random.Next(random.Next(4) == 0 ? 260 : 24); length > 0; length--)
            text.Append(random.Next(6) == 0 ? RandomRune(random) : new Rune((char)random.Next(' ', 127)));
        return text.ToString();
    }

    private static Rune RandomRune(Random random) => new(random.Next(3) switch
    {
        0 => random.Next(0, 0x800),
        1 => random.Next(0x800, 0xD800),
        _ => random.Next(0x1_0000, 0x11_0000),
    });
}
