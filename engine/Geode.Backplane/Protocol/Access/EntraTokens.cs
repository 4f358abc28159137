using System.Buffers.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol.Access;

/// <summary>Reads Microsoft Entra tokens as far as their content goes: form, time, audience, scope and whose they are. Their signature is not
/// checked, for which Entra's keys would be needed: anybody can write such a token. It is for code that signs in as it will in Azure, on
/// a machine where nothing is to be protected.</summary>
/// <param name="audiences">What tokens may be meant for, beside Cosmos DB in Azure: <c>https://127.0.0.1</c>.</param>
public sealed class EntraTokens(IReadOnlyList<string> audiences, TimeProvider time)
{
    /// <summary>The audience that Cosmos DB has for all accounts.</summary>
    public const string AnyAccount = "https://cosmos.azure.com";

    private const string AzureAccounts = ".documents.azure.com";
    private const string PersonsScope = "user_impersonation";

    /// <summary>Clocks differ; Azure's own allowance.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <exception cref="ProtocolException">401: it is no token for this account; says why.</exception>
    public EntraPrincipal Read(string token)
    {
        try
        {
            return Parse(token);
        }
        catch (InvalidOperationException)
        {
            // JSON can escape what is half a character.
            throw Invalid("its texts are Unicode");
        }
    }

    private EntraPrincipal Parse(string token)
    {
        if (token.Split('.') is not [var header, var payload, { Length: > 0 }])
            throw Invalid("it has three parts with dots between them");
        using var head = Decode(header, "header");
        using var claims = Decode(payload, "payload");
        if (Text(head.RootElement, "alg") is null)
            throw Invalid("its header has a string 'alg'");
        var root = claims.RootElement;
        var principal = new EntraPrincipal(
            Text(root, "oid") ?? throw new ProtocolException(401, "The Microsoft Entra token has no 'oid': it does not say whose it is.", SubStatus.AadTokenMissingObjectIdentifier),
            GroupsOf(root),
            root.TryGetProperty("nbf", out _) ? Seconds(root, "nbf") : 0,
            Seconds(root, "exp"));
        CheckTime(principal);
        CheckAudience(Text(root, "aud"));
        // Tokens of applications have roles where those of persons have scopes.
        if (Text(root, "scp") is { } scopes && !scopes.Split(' ').Contains(PersonsScope))
            throw new ProtocolException(401, $"The Microsoft Entra token has the scope '{scopes}'; Cosmos DB takes {PersonsScope}.", SubStatus.AadTokenInvalidScope);
        return principal;
    }

    /// <exception cref="ProtocolException">401: it does not hold now.</exception>
    public void CheckTime(EntraPrincipal principal)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (principal.NotBefore > now + (long)Skew.TotalSeconds)
            throw new ProtocolException(401, $"The Microsoft Entra token is valid from {principal.NotBefore} ('nbf'); now it is {now}.", SubStatus.AadTokenNotYetValid);
        if (principal.Expires <= now - (long)Skew.TotalSeconds)
            throw new ProtocolException(401, $"The Microsoft Entra token expired at {principal.Expires} ('exp'); now it is {now}.", SubStatus.AadTokenExpired);
    }

    private void CheckAudience(string? audience)
    {
        if (audience is not null
            && (audience == AnyAccount || audiences.Contains(audience)
                || (Uri.TryCreate(audience, UriKind.Absolute, out var uri) && uri is { Scheme: "https", AbsolutePath: "/" } && uri.Host.EndsWith(AzureAccounts, StringComparison.OrdinalIgnoreCase))))
            return;
        throw new ProtocolException(
            401,
            $"Provided AAD token is intended for [{audience}]. This database account accepts tokens intended for [{string.Join(", ", audiences.Append(AnyAccount).Append($"https://ACCOUNT{AzureAccounts}"))}].",
            SubStatus.AadTokenInvalidAudience);
    }

    private static JsonDocument Decode(string part, string what)
    {
        try
        {
            var document = RequestJson.Parse(Base64Url.DecodeFromChars(part));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (Exception e) when (e is FormatException or ProtocolException)
        {
            throw Invalid($"its {what} is a JSON object in base64url");
        }

        throw Invalid($"its {what} is a JSON object in base64url");
    }

    private static string[] GroupsOf(JsonElement claims) => claims.TryGetProperty("groups", out var groups) && groups.ValueKind == JsonValueKind.Array
        ? [.. groups.EnumerateArray().Where(g => g.ValueKind == JsonValueKind.String).Select(g => g.GetString()!)]
        : [];

    private static long Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && Math.Abs(seconds) < 1L << 50
            ? seconds
            : throw Invalid($"'{name}' is a number of seconds since 1970");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static ProtocolException Invalid(string what) => new(401, $"The Microsoft Entra token is no JSON Web Token: {what}.", SubStatus.AadTokenInvalidFormat);
}
