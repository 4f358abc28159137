using System.Security.Cryptography;
using System.Text;
using Geode.Topology;

namespace Geode.Service.Identity;

/// <summary>The keys every geode shares to sign what it gives a visitor. The first one signs, all of them verify: a new key is put
/// in front, the old one is removed when what it signed has expired, and nobody is logged out.</summary>
public sealed class KeyRing
{
    private const int MinimumBytes = 32;

    private readonly IReadOnlyList<Key> _keys;

    private KeyRing(IReadOnlyList<Key> keys) => _keys = keys;

    /// <summary>Reads <c>Geode:Keys</c>: <c>id:base64</c>, separated by commas, the signing key first.</summary>
    /// <exception cref="PlanetException">Nothing given, a malformed entry, an id twice, or a key under 32 bytes.</exception>
    public static KeyRing Parse(string? setting)
    {
        var keys = (setting ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseKey).ToList();
        if (keys.Count == 0)
            throw Invalid("is not set");
        if (keys.GroupBy(key => key.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Invalid($"has the id '{twice.Key}' twice");
        return new(keys);
    }

    /// <summary>For a planet on one machine: the same in every geode and known to everyone who can read this source.</summary>
    public static KeyRing ForLocalPlanet(Planet planet) =>
        new([new("local", SHA256.HashData(Encoding.UTF8.GetBytes($"geode local planet {planet.Name}")))]);

    /// <summary><paramref name="value"/> with a signature for that purpose: <c>value.key.signature</c>, URL-safe.</summary>
    public string Sign(string purpose, string value)
    {
        var encoded = Base64Url(Encoding.UTF8.GetBytes(value));
        var key = _keys[0];
        return $"{encoded}.{key.Id}.{Base64Url(Signature(key, purpose, encoded))}";
    }

    /// <summary>The value, or null when it was not signed by this ring for that purpose.</summary>
    /// <param name="outdated">True when another key than the present one signed it: sign it again.</param>
    public string? Verify(string purpose, string? signed, out bool outdated)
    {
        outdated = false;
        if (signed?.Split('.') is not [var encoded, var id, var signature])
            return null;
        var index = _keys.ToList().FindIndex(key => key.Id == id);
        if (index < 0 || !TryDecode(signature, out var given) || !TryDecode(encoded, out var value)
            || !CryptographicOperations.FixedTimeEquals(given, Signature(_keys[index], purpose, encoded)))
        {
            return null;
        }

        outdated = index > 0;
        return Encoding.UTF8.GetString(value);
    }

    private static byte[] Signature(Key key, string purpose, string encoded) =>
        HMACSHA256.HashData(key.Secret, Encoding.UTF8.GetBytes($"{purpose}\n{encoded}"));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static bool TryDecode(string text, out byte[] bytes)
    {
        try
        {
            bytes = System.Buffers.Text.Base64Url.DecodeFromChars(text);
            return true;
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }

    private static Key ParseKey(string entry)
    {
        if (entry.Split(':') is not [var id, var secret] || id.Length == 0 || !id.All(char.IsAsciiLetterOrDigit))
            throw Invalid("has an entry that is not 'id:base64' with letters and digits in the id");
        try
        {
            var bytes = Convert.FromBase64String(secret);
            return bytes.Length >= MinimumBytes ? new(id, bytes) : throw Invalid($"has a key under {MinimumBytes} bytes ('{id}')");
        }
        catch (FormatException)
        {
            throw Invalid($"has a key that is not base64 ('{id}')");
        }
    }

    private static PlanetException Invalid(string what) => new(
        $"Geode__Keys {what}; allowed: 'id:base64' of at least {MinimumBytes} random bytes, several separated by commas, the signing key first.");

    private sealed record Key(string Id, byte[] Secret);
}
