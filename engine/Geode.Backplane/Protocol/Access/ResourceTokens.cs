using System.Security.Cryptography;

namespace Geode.Backplane.Protocol.Access;

/// <summary>Resource tokens as text: <c>type=resource&amp;ver=1.0&amp;sig={signature};{grant};</c>, both in base64.</summary>
public sealed class ResourceTokens(AccountKeys keys)
{
    private const string Prefix = "type=resource&ver=1.0&sig=";

    // Azure's own limit for such a header.
    private const int Longest = 8 << 10;

    /// <summary>The token of a permission's answer.</summary>
    public string Issue(ResourceGrant grant)
    {
        var content = grant.Write();
        return $"{Prefix}{Convert.ToBase64String(keys.Sign(content))};{Convert.ToBase64String(content)};";
    }

    /// <summary>What a token allows; null when it is not one of this account's.</summary>
    /// <param name="signature">What stands after <c>sig=</c>.</param>
    public ResourceGrant? Read(string signature)
    {
        var parts = signature.Split(';');
        if (signature.Length > Longest || parts is not [var mac, var content, ""])
            return null;
        var (given, bytes) = (new byte[mac.Length], new byte[content.Length]);
        return Convert.TryFromBase64String(mac, given, out var length) && length == HMACSHA256.HashSizeInBytes
            && Convert.TryFromBase64String(content, bytes, out var size)
            && keys.IsSigned(bytes.AsSpan(0, size), given.AsSpan(0, length))
                ? ResourceGrant.Read(bytes.AsMemory(0, size))
                : null;
    }
}
