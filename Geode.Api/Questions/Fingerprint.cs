using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Geode.Api.Questions;

/// <summary>What makes two requests the same request: the idempotency key, and what was asked for under it.</summary>
/// <param name="Key">Null when the request brought none.</param>
/// <param name="Hash">Of the method, the path and the body as understood, so that white space and order do not count.</param>
public sealed record Fingerprint(string? Key, string Hash)
{
    public static Fingerprint Of<T>(string? key, string method, string path, T body)
    {
        var text = $"{method} {path}\n{JsonSerializer.Serialize(body, JsonSerializerOptions.Web)}";
        return new(key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>The id of what a request makes: from visitor and key, so that the same request in two regions makes one document
    /// even before the regions have met. Without a key: a fresh one, ordered by time.</summary>
    public string DocumentId(Identity.Visitor visitor) =>
        Key is null ? Guid.CreateVersion7().ToString("N") : NameBasedId.Create($"{Scope(visitor)}\n{Key}");

    /// <summary>Whose keys these are. A newcomer has no identity of its own yet to keep its keys apart from others'.</summary>
    public static string Scope(Identity.Visitor visitor) => visitor.IsKnown ? visitor.Id : "newcomer";

    /// <summary>An identity that only the same key with the same request leads to.</summary>
    public string NewcomerId() => NameBasedId.Create($"newcomer\n{Key}\n{Hash}");
}
