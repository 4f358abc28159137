using Geode.Service.Steward;
using Geode.Service.Steward.InAzure;

namespace Geode.Service.Tests.Steward.InAzure;

/// <summary>Outlives the Workers that use it, as a backplane does.</summary>
internal sealed class FakeMemory : IChangeMemory
{
    private readonly Dictionary<string, Remembered> _changes = [];
    private int _version;

    public Remembered? this[string key] => _changes.GetValueOrDefault(key);

    /// <summary>Fails in place of what is asked.</summary>
    public Exception? Fault { get; set; }

    public Task<Remembered?> ReadAsync(string key, CancellationToken cancellation) =>
        Fault is null ? Task.FromResult(this[key]) : Task.FromException<Remembered?>(Fault);

    public Task<Remembered> WriteAsync(string key, Remembered change, CancellationToken cancellation)
    {
        Check(key, change);
        return Task.FromResult(_changes[key] = change with { Tag = $"{++_version}" });
    }

    public Task ForgetAsync(string key, Remembered change, CancellationToken cancellation)
    {
        Check(key, change);
        _changes.Remove(key);
        return Task.CompletedTask;
    }

    private void Check(string key, Remembered change)
    {
        if (this[key]?.Tag != change.Tag)
            throw new PlanActionException("Another Worker of this region is at the same change.");
    }
}
