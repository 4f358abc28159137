using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Topology;

namespace Geode.Control.Faults;

/// <summary>Talks to the admin of the planet's processes.</summary>
/// <param name="limit">How long an answer may take; 2 s by default.</param>
internal sealed class AdminClient(TimeSpan? limit = null) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(1) })
    {
        Timeout = limit ?? TimeSpan.FromSeconds(2),
    };

    /// <returns>Null when nobody answers: refused, reset or timed out.</returns>
    public async Task<AdminAnswer?> SendAsync(HttpMethod method, Uri address, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        // A look at the planet is nobody's request: the trace it would begin is marked as not to be recorded.
        request.Headers.Add("traceparent", $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00");
        if (body is not null)
            request.Content = JsonContent.Create(body, options: PlanetJson.Options);
        try
        {
            using var answer = await _client.SendAsync(request, cancellationToken);
            return new(address, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception e) when (ConnectionFailure.Is(e))
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>What is to be seen there, read.</summary>
    /// <returns>Null when nobody answers, or something else does: another program on this port is nobody.</returns>
    public async Task<T?> ReadAsync<T>(Uri address, CancellationToken cancellationToken)
        where T : class
    {
        if (await SendAsync(HttpMethod.Get, address, null, cancellationToken) is not { Status: 200 } answer)
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(answer.Body, PlanetJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();
}

internal sealed record AdminAnswer(Uri Address, int Status, string Body)
{
    /// <exception cref="ControlException">400, 409 and 422 with the process's own words for bad or outdated input; 502 for any other refusal.</exception>
    public void EnsureAccepted()
    {
        if (Status is >= 200 and < 300)
            return;
        throw Status is 400 or 409 or 422
            ? new ControlException(Status, Detail())
            : new ControlException(502, $"{Address} answered {Status}: {Detail()}");
    }

    /// <summary>The process's own words.</summary>
    public string Detail()
    {
        try
        {
            using var problem = JsonDocument.Parse(Body);
            foreach (var name in (string[])["detail", "message", "error", "title"])
            {
                if (problem.RootElement.ValueKind == JsonValueKind.Object
                    && problem.RootElement.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
                    return text.GetString()!;
            }
        }
        catch (JsonException)
        {
            // Not a problem document; the text as it is says more than nothing.
        }
        return Body.Length > 300 ? Body[..300] : Body;
    }
}
