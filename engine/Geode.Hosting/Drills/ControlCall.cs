using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Geode.Topology;

namespace Geode.Hosting.Drills;

/// <summary>A call of the planet's control API, as the result of a command. One way in, so one set of checks and one answer.</summary>
internal static class ControlCall
{
    // Reviving waits for processes that start.
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(4) };

    /// <param name="planet">Whose control API.</param>
    /// <param name="path">Below <c>/planet</c>.</param>
    /// <param name="done">What to say of a success, in one line.</param>
    public static async Task<ExecuteCommandResult> SendAsync(
        Planet planet, HttpMethod method, string path, object? body, string done, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"{PlanetPorts.Loopback(planet.Ports.Control)}/planet{path}") { Content = JsonContent.Create(body ?? new { }) };
        try
        {
            using var answer = await Client.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? CommandResults.Success(done, text, CommandResultFormat.Json)
                : CommandResults.Failure(JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString());
        }
        catch (Exception e) when (ConnectionFailure.Is(e))
        {
            return CommandResults.Failure($"The control API does not answer: {e.Message}");
        }
    }
}
