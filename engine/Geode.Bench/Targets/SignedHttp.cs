using System.Globalization;
using Geode.Backplane.Protocol.Codecs;
using Geode.Topology;

namespace Geode.Bench.Targets;

/// <summary>Bare requests with a master signature: for moments when the SDK's own start would be most of the time.</summary>
internal sealed class SignedHttp(Target target) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = target.Endpoint, Timeout = TimeSpan.FromSeconds(10) };
    private readonly MasterKeyAuth _auth = new(target.Key);

    /// <returns>False when the server refuses the connection or answers with an error.</returns>
    public async Task<bool> TryGetAsync(string path, string? partitionKey, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var date = DateTime.UtcNow.ToString("r", CultureInfo.InvariantCulture);
        var signature = _auth.Sign("GET", ResourceAddress.FromPath(path), date);
        request.Headers.TryAddWithoutValidation(CosmosHeaders.Authorization, Uri.EscapeDataString($"type=master&ver=1.0&sig={signature}"));
        request.Headers.TryAddWithoutValidation(CosmosHeaders.XDate, date);
        request.Headers.TryAddWithoutValidation(CosmosHeaders.Version, "2020-07-15");
        if (partitionKey is not null) request.Headers.TryAddWithoutValidation(CosmosHeaders.PartitionKey, $"[\"{partitionKey}\"]");
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (ConnectionFailure.Is(e))
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();
}
