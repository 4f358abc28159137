using System.Net;
using Geode.Router.Forwarding;
using Geode.Router.Health;
using Geode.Topology;

namespace Geode.Router.Sleep;

/// <summary>Asks the planet's control API to wake a geode.</summary>
internal static class WakeCall
{
    private static readonly HttpMessageInvoker Client = new(
        new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60) });

    /// <param name="patience">In which it has to answer.</param>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> SendAsync(Uri? control, string origin, TimeSpan patience)
    {
        if (control is null)
            return "nobody wakes geodes";
        using var limit = new CancellationTokenSource(patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(control, $"/planet/regions/{Uri.EscapeDataString(origin)}/wake"))
        {
            Content = new ByteArrayContent([]),
        };
        try
        {
            using var response = await Client.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode ? null : $"{control.Authority} answered {(int)response.StatusCode}";
        }
        catch (Exception error) when (ConnectionFailure.Is(error) || error is OperationCanceledException)
        {
            return $"{control.Authority}: {FailureText.Of(error)}";
        }
    }
}
