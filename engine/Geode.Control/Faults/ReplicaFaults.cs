using System.Collections.Concurrent;
using Geode.Control.Events;
using Geode.Topology;

namespace Geode.Control.Faults;

/// <summary>Links and outages, through the admin of the replicas they concern.</summary>
internal sealed partial class ReplicaFaults(LivePlanet planet, Timeline timeline) : IDisposable
{
    public const string NoOutage = "none";

    private readonly LinkTable _links = new(planet.Now);
    private readonly ConcurrentDictionary<string, string> _outages = new();
    private readonly AdminClient _admin = new();

    public IReadOnlyList<Link> Links => _links.All;

    /// <summary>By region; those without an outage are absent.</summary>
    public IReadOnlyDictionary<string, string> Outages => _outages;

    /// <summary>Changes one link. The replica at its end delays or refuses what arrives; the one at its start is told as well, for what
    /// it reports. One that cannot be reached is told when it comes back.</summary>
    public async Task<LinkChange> SetLinkAsync(string from, string to, Func<Link, Link> change, CancellationToken cancellationToken)
    {
        var link = _links.Change(from, to, change);
        timeline.Add("link", null, null, link.State, $"link {from} to {to}: {link.State}, {link.DelayMs:0.#} ms + {link.JitterMs:0.#} ms jitter, loss {link.Loss:0.##}");
        var told = await Task.WhenAll(TellAsync(from, link, cancellationToken), TellAsync(to, link, cancellationToken));
        List<string> pending = [];
        if (!told[0])
            pending.Add(from);
        if (!told[1])
            pending.Add(to);
        return new(link, pending);
    }

    /// <exception cref="ControlException">The replica does not run, or refuses the mode (400 with the modes it knows).</exception>
    public async Task SetOutageAsync(string region, string mode, CancellationToken cancellationToken)
    {
        var answer = await _admin.SendAsync(HttpMethod.Put, Admin(region, "outage"), new { mode }, cancellationToken)
            ?? throw new ControlException(409, $"The replica of {region} does not answer; revive the region first.");
        answer.EnsureAccepted();
        if (HasDirectory)
            (await _admin.SendAsync(HttpMethod.Put, DirectoryAdmin(region, "outage"), new { mode }, cancellationToken))?.EnsureAccepted();
        if (mode == NoOutage)
            _outages.TryRemove(region, out _);
        else
            _outages[region] = mode;
        timeline.Add("outage", region, null, mode, $"outage of {region}: {mode}");
    }

    /// <summary>The region's replica has ended, and its outage with it.</summary>
    public void Forget(string region) => _outages.TryRemove(region, out _);

    /// <summary>Tells a replica that has come back what it missed.</summary>
    public async Task RestoreLinksAsync(string region, CancellationToken cancellationToken)
    {
        // It was started with the regions there were when its process was first made.
        if (Volatile.Read(ref _version) > 1)
            await TellRegionsAsync(planet.Now, await HighestVersionAsync(cancellationToken) + 1, cancellationToken);
        await Task.WhenAll(_links.Changed(region).Select(link => TellAsync(region, link, cancellationToken)));
    }

    public void Dispose() => _admin.Dispose();

    private async Task<bool> TellAsync(string region, Link link, CancellationToken cancellationToken)
    {
        var body = new { link.DelayMs, link.JitterMs, link.Loss, link.State };
        var answers = await Task.WhenAll(Admins(region, link).Select(admin => _admin.SendAsync(HttpMethod.Put, admin, body, cancellationToken)));
        foreach (var answer in answers)
            answer?.EnsureAccepted();
        return answers.All(answer => answer is not null);
    }

    // Between two stamps only the directory's replicas have a link.
    private IEnumerable<Uri> Admins(string region, Link link)
    {
        var path = $"links/{link.From}/{link.To}";
        if (planet.Now.ShareData(link.From, link.To))
            yield return Admin(region, path);
        if (HasDirectory)
            yield return DirectoryAdmin(region, path);
    }

    private bool HasDirectory => planet.Now.Stamps.Count > 0;

    private Uri Admin(string region, string path) => Admin(planet.Now.Region(region), path);

    private Uri DirectoryAdmin(string region, string path) => Admin(planet.Now.Region(region).InDirectory(), path);

    private Uri Admin(Region region, string path) => new($"{PlanetPorts.Loopback(planet.Now.Ports.BackplaneAccount(region))}/_backplane/{path}");
}

/// <param name="Pending">Regions whose replica could not be told yet; it will be when it comes back.</param>
internal sealed record LinkChange(Link Link, IReadOnlyList<string> Pending);
