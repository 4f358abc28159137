using System.Net.Http.Json;

namespace Geode.Bench.Page;

/// <summary>Requests of those who fill a planet for its pictures.</summary>
internal static class DemoRequests
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Sends it until it is done: what was asked in another region may not have arrived here, and is answered 404 for a moment.</summary>
    /// <returns>The answer's body.</returns>
    /// <exception cref="BenchException">It is refused again and again.</exception>
    public static async Task<string> SendAsync(this HttpClient visitor, HttpMethod method, string path, object body, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
            using var response = await visitor.SendAsync(request, stop);
            var text = await response.Content.ReadAsStringAsync(stop);
            if (response.IsSuccessStatusCode)
                return text;
            if (attempt == Attempts)
                throw new BenchException($"{method} {path} was answered {(int)response.StatusCode}: {text}");
            await Task.Delay(Pause, stop);
        }
    }
}
