using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Geode.Api.Identity;

namespace Geode.Api.Questions;

/// <summary>What makes two requests the same request: the idempotency key, and what was asked for under it.</summary>
/// <param name="Key">Null when the request brought none.</param>
/// <param name="Hash">Of the method, the path and the body as understood, so that white space and order do not count.</param>
public sealed record Fingerprint(string? Key, string Hash)
{
    private const string NewcomerScope = "newcomer";

    public static Fingerprint Of<T>(string? key, string method, string path, T body)
    {
        var text = $"{method} {path}\n{JsonSerializer.Serialize(body, JsonSerializerOptions.Web)}";
        return new(key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>The id of what a request makes: from visitor and key, so that the same request in two regions makes one document
    /// even before the regions have met. Without a key: a fresh one, ordered by time.</summary>
    public string DocumentId(Visitor visitor) =>
        Key is null ? Guid.CreateVersion7().ToString("N") : IdIn(visitor.IsKnown ? visitor.Id : NewcomerScope);

    /// <summary>The id of a key's record in that scope.</summary>
    public string IdIn(string scope) => NameBasedId.Create($"{scope}\n{Key}");

    /// <summary>Whose keys these are. A newcomer has no identity of its own yet to keep its keys apart from others', but will have
    /// one when it comes back with the same key.</summary>
    public static IReadOnlyList<string> Scopes(Visitor visitor) => visitor.IsKnown ? [visitor.Id] : [NewcomerScope, visitor.Id];

    /// <summary>An identity that only the same key with the same request leads to.</summary>
    public string NewcomerId() => NameBasedId.Create($"newcomer\n{Key}\n{Hash}");
}
