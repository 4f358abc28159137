namespace Geode.Backplane.Protocol.Codecs;

/// <summary>The kinds of credentials a request can carry.</summary>
public enum AuthorizationTokenType
{
    /// <summary>Signed with the account's key.</summary>
    Master,

    /// <summary>A permission's resource token.</summary>
    Resource,

    /// <summary>A Microsoft Entra token.</summary>
    Aad,
}

/// <summary>The URL-encoded <c>authorization</c> header, taken apart: <c>type=…&amp;ver=1.0&amp;sig=…</c>.</summary>
/// <param name="Signature">As it stands after <c>sig=</c>, decoded: base64 for a master token, the token itself for the others.</param>
public readonly record struct AuthorizationToken(AuthorizationTokenType Type, string Signature)
{
    private const string SupportedVersion = "1.0";
    private const int StackLimit = 256;

    /// <returns>False when the header is not of that form, or of another type or version.</returns>
    public static bool TryParse(ReadOnlySpan<char> header, out AuthorizationToken token)
    {
        token = default;
        // The runtime throws rather than returns false for some texts that are longer than their place.
        if (header.Length > StackLimit) return TryParseDecoded(Uri.UnescapeDataString(header), out token);
        Span<char> buffer = stackalloc char[StackLimit];
        return Uri.TryUnescapeDataString(header, buffer, out var length) && TryParseDecoded(buffer[..length], out token);
    }

    private static bool TryParseDecoded(ReadOnlySpan<char> text, out AuthorizationToken token)
    {
        token = default;

        // A signature is last and may itself contain '&' and '='.
        if (!TryTake(text, "type=", out var type, out var rest)
            || !TryTake(rest, "ver=", out var version, out rest)
            || version is not SupportedVersion
            || !rest.StartsWith("sig=", StringComparison.OrdinalIgnoreCase)
            || rest.Length == "sig=".Length)
            return false;

        AuthorizationTokenType? kind = null;
        if (type.Equals("master", StringComparison.OrdinalIgnoreCase)) kind = AuthorizationTokenType.Master;
        else if (type.Equals("resource", StringComparison.OrdinalIgnoreCase)) kind = AuthorizationTokenType.Resource;
        else if (type.Equals("aad", StringComparison.OrdinalIgnoreCase)) kind = AuthorizationTokenType.Aad;
        if (kind is null) return false;
        token = new AuthorizationToken(kind.Value, new string(rest["sig=".Length..]));
        return true;
    }

    private static bool TryTake(ReadOnlySpan<char> text, string name, out ReadOnlySpan<char> value, out ReadOnlySpan<char> rest)
    {
        value = default;
        rest = default;
        var end = text.IndexOf('&');
        if (end < 0 || !text.StartsWith(name, StringComparison.OrdinalIgnoreCase)) return false;
        value = text[name.Length..end];
        rest = text[(end + 1)..];
        return true;
    }
}
