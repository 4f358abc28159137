using System.Text.Json;
using Geode.Topology;

namespace Geode.Backplane.Accounts;

/// <summary>What one replica knows of who takes writes; only there in an account with one write region. Kept beside the log, so that a
/// planet that starts again goes on where it was.</summary>
public sealed class WriteRegion
{
    private const string FileName = "failover.json";

    private readonly string? _path;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private volatile WriteOrder _order;

    /// <param name="folder">The replica's; null: in memory.</param>
    /// <exception cref="PlanetException">What is kept there cannot be read.</exception>
    public WriteRegion(Planet planet, string? folder, TimeProvider time)
    {
        (_path, _time) = (folder is null ? null : Path.Combine(folder, FileName), time);
        _order = (Kept() ?? WriteOrder.Of(planet)).Within(planet);
    }

    public WriteOrder Order => _order;

    public bool Takes(Region region, BackplaneSettings settings) => _order.Takes(region.Name, settings, NowMs);

    public IReadOnlyList<string> Listed(BackplaneSettings settings) => _order.Listed(settings, NowMs);

    /// <summary>Another replica's word, which counts if it <see cref="WriteOrder.Beats"/> what is known here.</summary>
    public void Hear(WriteOrder order, Planet planet) => Become(now => order.Beats(now, planet) ? order.Within(planet) : now);

    /// <summary>A fail-over that somebody asked for: announced now, so that both take writes for a while.</summary>
    public void Announce(string region) => Become(now => region == now.Writer ? now : now.Promoting(region, NowMs));

    /// <summary>A fail-over because the writer is gone: it takes no writes any more, even if it comes back at once.</summary>
    public void TakeOver(string region, BackplaneSettings settings) =>
        Become(now => region == now.Writer ? now : now.Promoting(region, NowMs - settings.FailoverSwitchMs));

    /// <summary>From now on these are the regions.</summary>
    public void Change(Planet planet) => Become(now => now.Within(planet));

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Become(Func<WriteOrder, WriteOrder> change)
    {
        lock (_gate)
        {
            var order = change(_order);
            if (ReferenceEquals(order, _order))
                return;
            Keep(order);
            _order = order;
        }
    }

    private WriteOrder? Kept()
    {
        if (_path is null || !File.Exists(_path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<WriteOrder>(File.ReadAllBytes(_path)) is { Priorities.Count: > 0 } kept
                ? kept
                : throw new JsonException("it names no regions.");
        }
        catch (JsonException e)
        {
            throw new PlanetException($"'{_path}' does not say which region takes writes: {e.Message} Delete it, and the replica hears it from the others.", e);
        }
    }

    private void Keep(WriteOrder order)
    {
        if (_path is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllBytes(_path + ".tmp", JsonSerializer.SerializeToUtf8Bytes(order));
        File.Move(_path + ".tmp", _path, overwrite: true);
    }
}
