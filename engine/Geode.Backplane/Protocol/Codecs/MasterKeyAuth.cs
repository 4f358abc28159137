using System.Buffers;
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

    // Setting up a keyed hash costs as much as computing one, so every thread keeps its own.
    private readonly ThreadLocal<IncrementalHash> _hash;

    /// <exception cref="FormatException">The key is not base64.</exception>
    public MasterKeyAuth(string base64Key)
    {
        var key = new byte[base64Key.Length];
        if (!Convert.TryFromBase64String(base64Key, key, out var length)) throw new FormatException("The account key is not base64.");
        if (length == 0) throw new FormatException("The account key is empty.");
        _hash = new ThreadLocal<IncrementalHash>(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.AsSpan(0, length)));
    }

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
        var hash = _hash.Value!;
        hash.AppendData(payload[..length]);
        hash.GetHashAndReset(destination);
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
