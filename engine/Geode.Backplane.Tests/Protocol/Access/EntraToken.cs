using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Azure.Core;

namespace Geode.Backplane.Tests.Protocol.Access;

/// <summary>Tokens as Microsoft Entra writes them, but for the signature.</summary>
internal static class EntraToken
{
    public static string Write(string principal, Action<Dictionary<string, object>>? change = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["oid"] = principal,
            ["aud"] = "https://127.0.0.1",
            ["scp"] = "user_impersonation",
            ["nbf"] = now,
            ["exp"] = now + 3600,
        };
        change?.Invoke(claims);
        return $"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(claims)}.c2lnbmF0dXJl";
    }

    public static string Credential(string principal) => $"type=aad&ver=1.0&sig={Write(principal)}";

    public static string Part(object content) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content as string ?? JsonSerializer.Serialize(content)));
}

/// <summary>Signs in as that principal, wherever the client asks.</summary>
internal sealed class EntraCredential(string principal) : TokenCredential
{
    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Scopes.AddRange(requestContext.Scopes);
        return new AccessToken(EntraToken.Write(principal, c => c["aud"] = requestContext.Scopes[0].Replace("/.default", "", StringComparison.Ordinal)), DateTimeOffset.UtcNow.AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
