using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Geode.Topology;

namespace Geode.Hosting.Backplane;

/// <summary>Makes databases and containers by Cosmos DB's REST interface, so that an application's host needs no SDK for it.</summary>
/// <param name="address">Of the account.</param>
/// <param name="key">Its master key, in Base64.</param>
internal sealed class CosmosAccount(Uri address, string key) : IDisposable
{
    private const string Version = "2018-12-31";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>What is there already stays as it is.</summary>
    /// <exception cref="HttpRequestException">The account refuses: status and what it says.</exception>
    public async Task CreateAsync(string database, IReadOnlyList<ContainerDefinition> containers, CancellationToken cancellationToken)
    {
        await PostAsync("dbs", "dbs", "", new { id = database }, cancellationToken);
        foreach (var container in containers)
            await PostAsync($"dbs/{database}/colls", "colls", $"dbs/{database}", Body(container), cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static object Body(ContainerDefinition container) => new
    {
        id = container.Name,
        partitionKey = new { paths = container.PartitionKey, kind = container.PartitionKey.Count == 1 ? "Hash" : "MultiHash", version = 2 },
        defaultTtl = container.DefaultTtlSeconds,
        uniqueKeyPolicy = container.UniqueKeys is { } keys ? new { uniqueKeys = keys.Select(paths => new { paths }) } : null,
        conflictResolutionPolicy = container.Conflicts is { } conflicts
            ? new { mode = conflicts.Mode, conflictResolutionPath = conflicts.Mode == "Custom" ? null : conflicts.Path }
            : null,
    };

    private async Task PostAsync(string path, string type, string parent, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: Options) };
        var date = DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("x-ms-date", date);
        request.Headers.TryAddWithoutValidation("x-ms-version", Version);
        request.Headers.TryAddWithoutValidation("authorization", Signature("post", type, parent, date));
        using var answer = await _http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.Conflict)
            throw new HttpRequestException($"POST {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}", null, answer.StatusCode);
    }

    // As "Access control on Azure Cosmos DB resources" describes it.
    private string Signature(string verb, string type, string link, string date)
    {
        var text = $"{verb}\n{type}\n{link}\n{date.ToLowerInvariant()}\n\n";
        var hash = HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text));
        return Uri.EscapeDataString($"type=master&ver=1.0&sig={Convert.ToBase64String(hash)}");
    }
}
