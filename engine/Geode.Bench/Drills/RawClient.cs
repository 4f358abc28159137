using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Bench.Targets;
using Geode.Topology;

namespace Geode.Bench.Drills;

/// <summary>Signed requests that are sent once: when a server is killed, what counts is which of them it answered.</summary>
internal sealed class RawClient(Target target) : IDisposable
{
    public const string Database = "drill";
    public const string Items = "items";

    private const string Container = $"/dbs/{Database}/colls/{Items}";
    private readonly HttpClient _http = new() { BaseAddress = target.Endpoint, Timeout = TimeSpan.FromSeconds(5) };
    private readonly MasterKeyAuth _auth = new(target.Key);

    /// <summary>Makes database and container; fine when they are there.</summary>
    public async Task MakeContainerAsync(CancellationToken cancellation)
    {
        await RequireAsync("/dbs", $$"""{"id":"{{Database}}"}""", cancellation);
        await RequireAsync($"/dbs/{Database}/colls", $$$"""{"id":"{{{Items}}}","partitionKey":{"paths":["/pk"],"kind":"Hash","version":2}}""", cancellation);
    }

    /// <summary>Creates or replaces an item; true when that was acknowledged.</summary>
    public async Task<bool> UpsertAsync(string id, string text, CancellationToken cancellation)
    {
        var body = JsonSerializer.Serialize(new { id, pk = id, text });
        using var answer = await SendAsync(HttpMethod.Post, Container + "/docs", body, cancellation, (CosmosHeaders.PartitionKey, $"[\"{id}\"]"), (CosmosHeaders.IsUpsert, "True"));
        return answer is { IsSuccessStatusCode: true };
    }

    /// <summary>Every item: id → etag and text.</summary>
    public async Task<Dictionary<string, (string ETag, string Text)>> ReadAllAsync(CancellationToken cancellation)
    {
        var items = new Dictionary<string, (string ETag, string Text)>();
        string? continuation = null;
        do
        {
            using var answer = await SendAsync(
                HttpMethod.Get, Container + "/docs", null, cancellation, (CosmosHeaders.MaxItemCount, "1000"), (CosmosHeaders.Continuation, continuation))
                ?? throw new BenchException($"{target.Name} does not answer.");
            if (!answer.IsSuccessStatusCode)
                throw new BenchException($"{target.Name} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
            using var page = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            foreach (var item in page.RootElement.GetProperty("Documents").EnumerateArray())
                items.Add(item.GetProperty("id").GetString()!, (item.GetProperty("_etag").GetString()!, item.GetProperty("text").GetString()!));
            continuation = answer.Headers.TryGetValues(CosmosHeaders.Continuation, out var next) ? next.First() : null;
        }
        while (continuation is not null);
        return items;
    }

    /// <summary>The change number of the container, from a read of it.</summary>
    public async Task<long> LsnAsync(CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, Container, null, cancellation) ?? throw new BenchException($"{target.Name} does not answer.");
        return long.Parse(answer.Headers.GetValues(CosmosHeaders.Lsn).First(), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _http.Dispose();

    private async Task RequireAsync(string path, string body, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, body, cancellation);
        if (answer is null || !answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.Conflict)
            throw new BenchException($"POST {path} to {target.Name}: {(answer is null ? "no answer" : (int)answer.StatusCode)}");
    }

    // Null when nobody answers.
    private async Task<HttpResponseMessage?> SendAsync(
        HttpMethod method, string path, string? body, CancellationToken cancellation, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        var date = DateTime.UtcNow.ToString("r", CultureInfo.InvariantCulture);
        var signature = _auth.Sign(method.Method, ResourceAddress.FromPath(path), date);
        request.Headers.TryAddWithoutValidation(CosmosHeaders.Authorization, Uri.EscapeDataString($"type=master&ver=1.0&sig={signature}"));
        request.Headers.TryAddWithoutValidation(CosmosHeaders.XDate, date);
        request.Headers.TryAddWithoutValidation(CosmosHeaders.Version, "2020-07-15");
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            return await _http.SendAsync(request, cancellation);
        }
        catch (Exception e) when (ConnectionFailure.Is(e) || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
