using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Geode.Topology;

namespace Geode.Blobs.Tests.Protocol;

/// <summary>"Put Blob" with a header that the client of Azure Storage would not send.</summary>
internal static class SignedPut
{
    /// <returns>The status, and the code of the refusal.</returns>
    public static async Task<(int Status, string? Code)> SendAsync(TestStore store, string path, string header, string value)
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var http = new HttpClient(handler);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["x-ms-blob-type"] = "BlockBlob",
            ["x-ms-date"] = DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture),
            [header] = value,
        };
        var address = new Uri(store.Address, $"{TestStore.Name}/{path}");
        var toSign = $"PUT\n\n\n3\n\n\n\n\n\n\n\n\n{string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))}/{TestStore.Name}{address.AbsolutePath}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(PlanetEnvironment.StorageEmulatorKey), Encoding.UTF8.GetBytes(toSign)));
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent([1, 2, 3]) };
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKey {TestStore.Name}:{signature}");
        foreach (var (name, text) in headers)
            request.Headers.TryAddWithoutValidation(name, text);
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.Single() : null);
    }
}
