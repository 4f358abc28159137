using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>
/// Signs and checks requests with the account's key: HMAC-SHA256 over
/// <c>verb\nresource type\nresource link\nx-ms-date\n{date, when there is no x-ms-date}\n</c>, all but the link in lower case.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/cosmos-db/access-control-on-cosmosdb-resources</remarks>
public sealed class MasterKeyAuth
{
    private const int StackLimit = 512;
    private readonly byte[] _key;

    /// <exception cref="FormatException">The key is not base64.</exception>
    public MasterKeyAuth(string base64Key)
    {
        try
        {
            _key = Convert.FromBase64String(base64Key);
        }
        catch (FormatException)
        {
            throw new FormatException("The account key is not base64.");
        }

        if (_key.Length == 0) throw new FormatException("The account key is empty.");
    }

    /// <summary>The most by which a request's date may differ from the server's.</summary>
    public static TimeSpan AllowedSkew { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether <paramref name="date"/> (RFC 1123) is one the server at <paramref name="now"/> accepts.</summary>
    /// <returns>Null when it is no date at all.</returns>
    public static bool? IsCurrent(ReadOnlySpan<char> date, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent)
            ? (now - sent).Duration() <= AllowedSkew
            : null;

    /// <summary>The base64 signature of a request.</summary>
    public string Sign(string verb, ResourceAddress address, string? xMsDate, string? httpDate = null)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash(verb, address, xMsDate, httpDate, hash);
        return Convert.ToBase64String(hash);
    }

    /// <summary>Checks a master token's signature in time that does not depend on where it differs.</summary>
    /// <param name="signature">Base64, as in <see cref="AuthorizationToken.Signature"/>.</param>
    public bool Verify(ReadOnlySpan<char> signature, string verb, ResourceAddress address, string? xMsDate, string? httpDate = null)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes + 1];
        if (!Convert.TryFromBase64Chars(signature, given, out var length) || length != HMACSHA256.HashSizeInBytes) return false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash(verb, address, xMsDate, httpDate, expected);
        return CryptographicOperations.FixedTimeEquals(given[..length], expected);
    }

    private void Hash(string verb, ResourceAddress address, string? xMsDate, string? httpDate, Span<byte> destination)
    {
        if (!string.IsNullOrEmpty(xMsDate)) httpDate = null;
        var max = Encoding.UTF8.GetMaxByteCount(
            verb.Length + address.Type.Length + address.Link.Length + (xMsDate?.Length ?? 0) + (httpDate?.Length ?? 0) + 5);
        var rented = max > StackLimit ? ArrayPool<byte>.Shared.Rent(max) : null;
        var payload = rented ?? stackalloc byte[StackLimit];

        var length = 0;
        Append(payload, ref length, verb, lower: true);
        Append(payload, ref length, address.Type, lower: true);
        Append(payload, ref length, address.Link, lower: !address.IsNameBased);
        Append(payload, ref length, xMsDate, lower: true);
        Append(payload, ref length, httpDate, lower: true);
        HMACSHA256.HashData(_key, payload[..length], destination);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    private static void Append(Span<byte> payload, ref int length, ReadOnlySpan<char> text, bool lower)
    {
        var written = payload.Slice(length, Encoding.UTF8.GetBytes(text, payload[length..]));
        if (lower)
        {
            foreach (ref var b in written)
                if (b is >= (byte)'A' and <= (byte)'Z') b |= 0x20;
        }

        length += written.Length;
        payload[length++] = (byte)'\n';
    }
}
