using System.Globalization;
using System.Text.Json;

namespace Geode.Backplane.Tests.Protocol.Codecs.Binary;

/// <summary>Documents by chance, with what the binary form has forms of its own for.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Names = ["id", "_rid", "type", "value", "a", "b", "", "quo\"te", "dot.ted", "größe", "a name of more than sixty-four bytes, which the shortest form cannot say any more"];
    private readonly Random _random = new(seed);

    public string Document(int depth = 4) => Object(depth);

    private string Value(int depth) => _random.Next(depth > 0 ? 9 : 6) switch
    {
        0 or 1 => Text(),
        2 or 3 => Number(_random.Next(10)),
        4 => Pick("true", "false", "null"),
        5 => Numbers(),
        6 => Object(depth - 1),
        7 => $"[{string.Join(',', Repeat(_random.Next(5), () => Value(depth - 1)))}]",
        _ => $"[{string.Join(',', Repeat(_random.Next(1, 300), () => Value(0)))}]",
    };

    private string Object(int depth)
    {
        var names = Names.OrderBy(_ => _random.Next()).Take(_random.Next(Names.Length));
        return $"{{{string.Join(',', names.Select(n => $"{JsonSerializer.Serialize(n)}:{Value(depth)}"))}}}";
    }

    // Of one kind each, alone or in an array of arrays of one length.
    private string Numbers()
    {
        var (kind, length) = (_random.Next(10), _random.Next(1, 300));
        string One() => $"[{string.Join(',', Repeat(length, () => Number(kind)))}]";
        return _random.Next(2) == 0 ? One() : $"[{string.Join(',', Repeat(_random.Next(1, 5), One))}]";
    }

    private string Number(int kind) => kind switch
    {
        0 => _random.Next(0, 40).ToString(CultureInfo.InvariantCulture),
        1 => _random.Next(-130, 260).ToString(CultureInfo.InvariantCulture),
        2 => _random.Next(-40_000, 70_000).ToString(CultureInfo.InvariantCulture),
        3 => _random.Next(int.MinValue, int.MaxValue).ToString(CultureInfo.InvariantCulture),
        4 => _random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
        5 => (_random.NextDouble() * Math.Pow(10, _random.Next(-20, 20))).ToString("R", CultureInfo.InvariantCulture),
        6 => ((double)(float)_random.NextDouble()).ToString("R", CultureInfo.InvariantCulture),
        7 => Pick("0.5", "-1.25", "1e300", "5e-324", "1.7976931348623157E308"),
        8 => Pick("9007199254740993", "-9223372036854775808", "9223372036854775807", "4294967295"),
        _ => (_random.Next(-1000, 1000) / 4.0).ToString("R", CultureInfo.InvariantCulture),
    };

    private string Text()
    {
        var length = _random.Next(2) == 0 ? _random.Next(1, 120) : _random.Next(1, 700);
        var text = _random.Next(12) switch
        {
            0 => Guid.NewGuid().ToString(),
            1 => Guid.NewGuid().ToString().ToUpperInvariant(),
            2 => $"\"{Guid.NewGuid()}\"",
            3 => Of("0123456789abcdef", length),
            4 => Of("0123456789ABCDEF", length),
            5 => DateTime.UnixEpoch.AddSeconds(_random.Next()).ToString("O", CultureInfo.InvariantCulture),
            6 => Of("abcdefghijklmnop", length),
            7 => Of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", length),
            8 => Of("abcdefghijklmnopqrstuvwxyz0123456789 .,", length),
            9 => Convert.ToBase64String(Enumerable.Range(0, length).Select(_ => (byte)_random.Next(256)).ToArray()),
            10 => Convert.ToBase64String(Enumerable.Range(0, length).Select(_ => (byte)_random.Next(256)).ToArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            _ => Pick("", "id", "Point", "\0\u001f\"\\/\b\n", "日本 😀 é", "repeated text", new string('é', 40_000)),
        };
        return JsonSerializer.Serialize(text);
    }

    private string Of(string characters, int length) => string.Concat(Repeat(length, () => characters[_random.Next(characters.Length)].ToString()));

    private string Pick(params string[] from) => from[_random.Next(from.Length)];

    private static List<string> Repeat(int times, Func<string> make) => [.. Enumerable.Range(0, times).Select(_ => make())];
}
