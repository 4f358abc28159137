using Geode.Router.Configuration;

namespace Geode.Router.Origins;

/// <summary>What an origin and its instances go by; a reload replaces it in place.</summary>
internal sealed class OriginSettings(RouterOptions options)
{
    public Live<HealthOptions> Health { get; } = new(options.Health);

    public Live<ConcurrencyOptions> Concurrency { get; } = new(options.Concurrency);

    public Live<TryOptions> Tries { get; } = new(options.Tries);

    public Live<WakeOptions> Wake { get; } = new(WakeOptions.Of(options));

    public void Update(RouterOptions options)
    {
        Health.Value = options.Health;
        Concurrency.Value = options.Concurrency;
        Tries.Value = options.Tries;
        Wake.Value = WakeOptions.Of(options);
    }
}
