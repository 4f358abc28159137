using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Geode.Cli.Drill;

/// <summary>The control API of a planet that runs.</summary>
internal sealed class PlanetControl(Uri address) : IDisposable
{
    // A revival waits for processes to be healthy.
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(4) };

    /// <exception cref="CliException">Nobody answers there, or not a control API.</exception>
    public async Task<RunningPlanet> LookAsync(CancellationToken cancellation)
    {
        try
        {
            var planet = await _http.GetFromJsonAsync<RunningPlanet>("/planet", JsonSerializerOptions.Web, cancellation);
            if (planet is { Router: not null, Regions.Count: > 0 })
                return planet;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or NotSupportedException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new CliException($"{new Uri(address, "/planet")} cannot be read: {e.Message} Needed is the control API of a planet that runs, one port below its router's.", e);
        }

        throw new CliException($"{new Uri(address, "/planet")} answers with something else than a planet; needed is its control API, one port below its router's.");
    }

    /// <summary><c>kill</c>, <c>freeze</c>, <c>thaw</c> or <c>revive</c>.</summary>
    /// <exception cref="CliException">It is refused, or nobody answers.</exception>
    public async Task DoAsync(string action, string region, CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http.PostAsync(new Uri($"/planet/regions/{Uri.EscapeDataString(region)}/{action}", UriKind.Relative), null, cancellation);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new CliException($"{region} is not to {action}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}");
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new CliException($"{region} is not to {action}: {e.Message}", e);
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <param name="Router">Where clients go.</param>
internal sealed record RunningPlanet(Uri Router, IReadOnlyList<RunningRegion> Regions);

/// <param name="State">As the control API says it: <c>healthy</c>, <c>asleep</c>, or why not.</param>
internal sealed record RunningRegion(string Name, string State)
{
    public bool IsWell => State is "healthy" or "asleep";
}
