using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Geode.Blobs.Protocol;

/// <summary>Checks who asks: the signature of Azure Storage with the account's key.</summary>
/// <remarks>"Authorize with Shared Key" of Azure Storage's REST API, for versions from 2015-02-21.</remarks>
public sealed class SharedKey(string key, TimeProvider time)
{
    private const string Scheme = "SharedKey ";
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(15);

    private readonly byte[] _key = Convert.FromBase64String(key);

    /// <param name="account">As clients sign it: that of the copy is signed as the original's.</param>
    /// <exception cref="BlobException">401 or 403: not with that key, or not now.</exception>
    public void Check(HttpRequest request, BlobAddress address, string account)
    {
        if (request.Headers.Authorization is not [{ Length: > 0 } authorization])
            throw new BlobException(401, "NoAuthenticationInformation", "Server failed to authenticate the request. Sign it with the account's key.");
        if (!authorization.StartsWith(Scheme, StringComparison.Ordinal))
            throw BlobException.NotHere("InvalidAuthenticationInfo", $"The scheme '{authorization.Split(' ')[0]}'; SharedKey is, and any other");
        if (Date(request) is not { } date || (time.GetUtcNow() - date).Duration() > MostSkew)
            throw Refused("its date is missing, or more than 15 minutes away from now.");
        var signature = authorization[Scheme.Length..].Split(':');
        var given = new byte[SHA256.HashSizeInBytes];
        if (signature.Length != 2 || signature[0] != account || !Convert.TryFromBase64String(signature[1], given, out var length) || length != given.Length)
            throw Refused($"it is not signed for the account '{account}'.");
        if (!CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(ToSign(request, address, account)))))
            throw Refused("the signature is not the one that the account's key makes.");
    }

    internal static string ToSign(HttpRequest request, BlobAddress address, string account)
    {
        var headers = request.Headers;
        var text = new StringBuilder();
        var length = headers.ContentLength is { } bytes and > 0 ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        foreach (var value in (string?[])
            [
                request.Method, headers.ContentEncoding, headers.ContentLanguage, length, headers.ContentMD5, headers.ContentType,
                headers.ContainsKey(BlobHeaderNames.Date) ? "" : headers.Date, headers.IfModifiedSince, headers.IfMatch, headers.IfNoneMatch, headers.IfUnmodifiedSince, headers.Range,
            ])
            text.Append(value).Append('\n');
        foreach (var (name, value) in headers.Where(h => h.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
                     .Select(h => (Name: h.Key.ToLowerInvariant(), Value: h.Value.ToString())).OrderBy(h => SortKey(h.Name), StringComparer.Ordinal))
            text.Append(name).Append(':').Append(value.Trim()).Append('\n');
        text.Append('/').Append(account).Append(address.RawPath);
        foreach (var (name, value) in request.Query.Select(q => (Name: q.Key.ToLowerInvariant(), Value: string.Join(',', q.Value.Order(StringComparer.Ordinal))))
                     .OrderBy(q => q.Name, StringComparer.Ordinal))
            text.Append('\n').Append(name).Append(':').Append(value);
        return text.ToString();
    }

    // As in a dictionary, where an underscore comes before digits.
    private static string SortKey(string name) => name.Replace('_', '/');

    private static DateTimeOffset? Date(HttpRequest request) => DateTimeOffset.TryParseExact(
        request.Headers[BlobHeaderNames.Date] is [{ } given] ? given : request.Headers.Date.ToString(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
        ? date
        : null;

    private static BlobException Refused(string why) => new(403, "AuthenticationFailed", $"Server failed to authenticate the request: {why}");
}
