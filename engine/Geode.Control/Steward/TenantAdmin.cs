using Geode.Control.Faults;

namespace Geode.Control.Steward;

/// <summary>Passes on to a Worker what people say of tenants, and back what it answers. Any will do: all ask the same directory.</summary>
/// <param name="planet">Whose Workers.</param>
internal sealed class TenantAdmin(LivePlanet planet) : IDisposable
{
    private const string Path = "/_tenants";

    // It may ask every replica of the planet.
    private readonly AdminClient _admin = new(TimeSpan.FromSeconds(20));

    /// <summary>The first answer of a Worker that has one.</summary>
    /// <param name="method">To be sent.</param>
    /// <param name="rest">After the path: <c>/acme</c>.</param>
    /// <param name="body">As JSON; null: none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ControlException">404: there is no such tenant. 400, 409: it is wrong, or the planet has no stamps. 503: no Worker answers.</exception>
    public async Task<string> SendAsync(HttpMethod method, string rest, object? body, CancellationToken cancellationToken)
    {
        if (planet.Now.Stamps.Count == 0)
            throw new ControlException(409, "This planet has no stamps (stamps in geode.json), and so every tenant is everywhere.");
        AdminAnswer? last = null;
        foreach (var worker in WorkerAddresses.Of(planet.Now))
        {
            if (await _admin.SendAsync(method, new Uri(worker + Path + rest), body, cancellationToken) is not { } answer)
                continue;
            last = answer;
            if (answer.Status < 500)
                break;
        }

        if (last is null or { Status: >= 500 })
            throw new ControlException(503, "No Worker answers that knows the directory of tenants: there is nobody to tell.");
        if (last.Status == 404)
            throw new ControlException(404, last.Body.Length == 0 ? "The planet's Workers know nothing of tenants (AddTenantMoves)." : last.Detail());
        last.EnsureAccepted();
        return last.Body;
    }

    public void Dispose() => _admin.Dispose();
}
