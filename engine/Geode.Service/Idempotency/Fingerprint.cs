using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Geode.Service.Http;
using Geode.Service.Identity;

namespace Geode.Service.Idempotency;

/// <summary>What makes two requests the same request: the idempotency key, and what was asked for under it.</summary>
/// <param name="Key">Null when the request brought none.</param>
/// <param name="Hash">Of the method, the path and the body as understood, so that white space and order do not count.</param>
public sealed record Fingerprint(string? Key, string Hash)
{
    private const string NewcomerScope = "newcomer";

    /// <summary>The fingerprint of a request that asks for that body at that path.</summary>
    /// <param name="request">Its method and its <c>Idempotency-Key</c> count.</param>
    /// <param name="path">As the service names it, without what a proxy may have added.</param>
    /// <param name="body">The body as understood: validated, trimmed, in order.</param>
    /// <exception cref="BadFieldException">400: the key is none.</exception>
    public static Fingerprint Of<T>(HttpRequest request, string path, T body)
    {
        var text = $"{request.Method} {path}\n{JsonSerializer.Serialize(body, JsonSerializerOptions.Web)}";
        return new(IdempotencyKey.Read(request), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>The id of what a request makes: from visitor and key, so that the same request in two regions makes one document
    /// even before the regions have met. Without a key: a fresh one, ordered by time.</summary>
    public string DocumentId(Visitor visitor) =>
        Key is null ? Guid.CreateVersion7().ToString("N") : IdIn(visitor.IsKnown ? visitor.Id : NewcomerScope);

    /// <summary>The id of a key's record in that scope.</summary>
    internal string IdIn(string scope) => NameBasedId.Create($"{scope}\n{Key}");

    /// <summary>Whose keys these are. A newcomer has no identity of its own yet to keep its keys apart from others', but will have
    /// one when it comes back with the same key.</summary>
    internal static IReadOnlyList<string> Scopes(Visitor visitor) => visitor.IsKnown ? [visitor.Id] : [NewcomerScope, visitor.Id];

    /// <summary>An identity that only the same key with the same request leads to.</summary>
    internal string NewcomerId() => NameBasedId.Create($"newcomer\n{Key}\n{Hash}");
}
