using System.Net;
using Geode.Router.Clients;
using Microsoft.Extensions.Options;

namespace Geode.Router.Configuration;

/// <summary>Checks what binding cannot: ranges, and values that must agree with each other.</summary>
internal static class RouterOptionsValidator
{
    public static void Validate(RouterOptions options, PlaceBook places)
    {
        Admin(options);
        AtLeast("LatencyWindowMs", options.LatencyWindowMs, 0);
        if (!string.IsNullOrEmpty(options.Wake) && BareAddress.Of(options.Wake) is null)
            throw Wrong("Wake", options.Wake, "Use http://host:port, without a path.");
        Within("WakeMs", options.WakeMs, 1, 600_000);
        Within("WakeMaxHeld", options.WakeMaxHeld, 0, 1_000_000);
        foreach (var block in options.TrustedProxies)
            Network("TrustedProxies", block);
        foreach (var (block, place) in options.ClientPlaces)
        {
            Network("ClientPlaces", block);
            if (places.Find(place) is null)
                throw Wrong($"ClientPlaces:{block}", place, "Use a region of the planet, an Azure region or a known city.");
        }

        Health(options.Health);
        Tries(options.Tries);
        Concurrency(options.Concurrency);
        AtLeast("Streams:GraceMs", options.Streams.GraceMs, 0);
        AtLeast("Streams:SpreadMs", options.Streams.SpreadMs, 0);
        AtLeast("Streams:CloseMs", options.Streams.CloseMs, 1);
        Limits(options.Limits);
        AtLeast("Cache:MaxBytes", options.Cache.MaxBytes, 0);
        AtLeast("Cache:MaxBodyBytes", options.Cache.MaxBodyBytes, 0);
        AtLeast("Cache:WaitMs", options.Cache.WaitMs, 0);
        if (options.OriginHttpVersion is not ("1.1" or "2"))
            throw Wrong("OriginHttpVersion", options.OriginHttpVersion, "Use 1.1 or 2.");
    }

    private static void Admin(RouterOptions options)
    {
        if (!Uri.TryCreate(options.Admin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw Wrong("Admin", options.Admin, "Use http://127.0.0.1:PORT.");
        if (!uri.IsLoopback && string.IsNullOrEmpty(options.AdminToken))
            throw Wrong("AdminToken", options.AdminToken, $"A token is required because the admin listener is bound to {uri.Host}, which is not loopback.");
    }

    private static void Health(HealthOptions health)
    {
        if (!health.ProbePath.StartsWith('/'))
            throw Wrong("Health:ProbePath", health.ProbePath, "Use a path that starts with '/'.");
        AtLeast("Health:ProbeIntervalMs", health.ProbeIntervalMs, 10);
        AtLeast("Health:ProbeTimeoutMs", health.ProbeTimeoutMs, 1);
        AtLeast("Health:HealthyAfter", health.HealthyAfter, 1);
        AtLeast("Health:UnhealthyAfter", health.UnhealthyAfter, 1);
        AtLeast("Health:EjectAfterFailures", health.EjectAfterFailures, 1);
        Within("Health:EjectRatio", health.EjectRatio, 0.01, 1);
        AtLeast("Health:EjectRatioMinimum", health.EjectRatioMinimum, 1);
        AtLeast("Health:EjectMs", health.EjectMs, 0);
        AtLeast("Health:EjectMaxMs", health.EjectMaxMs, health.EjectMs);
        AtLeast("Health:SlowStartMs", health.SlowStartMs, 0);
        Within("Health:SlowStartFloor", health.SlowStartFloor, 0.001, 1);
        AtLeast("Health:DegradedFactor", health.DegradedFactor, 1);
        AtLeast("Health:DegradedMinimumMs", health.DegradedMinimumMs, 0);
    }

    private static void Tries(TryOptions tries)
    {
        Within("Tries:MaxTries", tries.MaxTries, 1, 16);
        Within("Tries:BufferedBodyBytes", tries.BufferedBodyBytes, 0, 16 * 1024 * 1024);
        AtLeast("Tries:TimeoutMinMs", tries.TimeoutMinMs, 1);
        AtLeast("Tries:TimeoutMaxMs", tries.TimeoutMaxMs, tries.TimeoutMinMs);
        AtLeast("Tries:TimeoutFactor", tries.TimeoutFactor, 1);
        AtLeast("Tries:ActivityTimeoutMs", tries.ActivityTimeoutMs, 1);
        AtLeast("Tries:ConnectTimeoutMs", tries.ConnectTimeoutMs, 1);
        Within("Tries:RetryBudget", tries.RetryBudget, 0, 1);
        AtLeast("Tries:RetryReserve", tries.RetryReserve, 0);
        Within("Tries:HedgeBudget", tries.HedgeBudget, 0, 1);
        AtLeast("Tries:HedgeReserve", tries.HedgeReserve, 0);
        AtLeast("Tries:HedgeMinMs", tries.HedgeMinMs, 1);
    }

    private static void Concurrency(ConcurrencyOptions concurrency)
    {
        AtLeast("Concurrency:Min", concurrency.Min, 1);
        AtLeast("Concurrency:Max", concurrency.Max, concurrency.Min);
        Within("Concurrency:Initial", concurrency.Initial, concurrency.Min, concurrency.Max);
        AtLeast("Concurrency:Tolerance", concurrency.Tolerance, 1);
        AtLeast("Concurrency:MarginMs", concurrency.MarginMs, 0);
    }

    private static void Limits(LimitOptions limits)
    {
        AtLeast("Limits:MaxHeaderBytes", limits.MaxHeaderBytes, 1024);
        AtLeast("Limits:MaxHeaders", limits.MaxHeaders, 1);
        AtLeast("Limits:MaxBodyBytes", limits.MaxBodyBytes, 0);
        AtLeast("Limits:MaxConnections", limits.MaxConnections, 1);
        AtLeast("Limits:HeadersTimeoutMs", limits.HeadersTimeoutMs, 1);
        AtLeast("Limits:MinBodyBytesPerSecond", limits.MinBodyBytesPerSecond, 0);
        // Kestrel looks at the rate once a second.
        AtLeast("Limits:BodyGraceMs", limits.BodyGraceMs, 1_001);
        AtLeast("Limits:RequestsPerSecond", limits.RequestsPerSecond, 0);
        AtLeast("Limits:Burst", limits.Burst, 0);
    }

    private static void Network(string key, string block)
    {
        if (!IPNetwork.TryParse(block, out _))
            throw Wrong(key, block, "Use a CIDR block such as 203.0.113.0/24.");
    }

    private static void AtLeast(string key, double value, double min)
    {
        if (!(value >= min) || double.IsInfinity(value))
            throw Wrong(key, value, $"Use {min} or more.");
    }

    private static void Within(string key, double value, double min, double max)
    {
        if (!(value >= min && value <= max))
            throw Wrong(key, value, $"Use {min} to {max}.");
    }

    private static OptionsValidationException Wrong(string key, object? value, string allowed) =>
        WrongSetting.Error(FormattableString.Invariant($"{RouterOptions.Section}:{key}: '{value}' is not allowed. {allowed}"));
}
