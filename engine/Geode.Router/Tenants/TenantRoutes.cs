using System.Collections.Frozen;
using Geode.Router.Clients;
using Geode.Router.Configuration;
using Geode.Router.Forwarding;
using Geode.Router.Selection;
using Geode.Runtime.Tenants;
using Geode.Topology;

namespace Geode.Router.Tenants;

/// <summary>Which tenant a request is for, and which origins may have it. There is one only where origins are in stamps.</summary>
internal sealed class TenantRoutes
{
    private readonly TenantSettings _settings;
    private readonly TenantTable _table;
    private readonly TrustedPeers _trusted;
    private readonly string[] _stampOf;
    private readonly FrozenDictionary<string, OriginSet> _outside;

    private TenantRoutes(TenantSettings settings, IReadOnlyList<OriginDefinition> origins, TenantTable table, TrustedPeers trusted)
    {
        (_settings, _table, _trusted) = (settings, table, trusted);
        _stampOf = [.. origins.Select(o => o.Stamp!)];
        _outside = _stampOf.Distinct().ToFrozenDictionary(stamp => stamp, Outside, StringComparer.Ordinal);
    }

    /// <returns>Null: there are no stamps.</returns>
    public static TenantRoutes? Of(RouterSetup setup, TenantTable table, TrustedPeers trusted) =>
        setup.Options.Tenants is { } settings ? new(settings, setup.Origins, table, trusted) : null;

    /// <summary>Whether it is the host that names the tenant.</summary>
    public bool ByHost => _settings.By == TenantSources.Host;

    /// <summary>What the geode will read, be it legal or not; null: no tenant.</summary>
    public string? NameOf(HttpContext context)
    {
        // A header that stays here names nobody to the geode, and so must not do so here: else a client could have the answer for one be kept for another.
        var name = TenantName.Of(context.Request, _settings);
        return name is null || _settings.By != TenantSources.Header || RequestHeaders.Pass(context, _settings.Header, _trusted) ? name : null;
    }

    /// <summary>The tenant, if its name is legal; anything else is for the geode to refuse.</summary>
    public string? TenantOf(HttpContext context) => NameOf(context) is { } name && TenantName.IsLegal(name) ? name : null;

    /// <summary>Origins that do not have the tenant's data; none while its stamp is not known.</summary>
    public OriginSet Elsewhere(string tenant) =>
        _table.Find(tenant) is { } stamp && _outside.TryGetValue(stamp, out var outside) ? outside : default;

    public string StampOf(int origin) => _stampOf[origin];

    /// <summary>Origins that are not in that stamp.</summary>
    public OriginSet OutsideOf(string stamp) => _outside[stamp];

    /// <summary>The stamp that an answer names; null: none, or none of these.</summary>
    public string? StampIn(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.TryGetValues(TenantName.StampHeader, out var values) && values.ToString() is var stamp && _outside.ContainsKey(stamp) ? stamp : null;

    public void Confirm(string tenant, string stamp, long asked) => _table.Confirm(tenant, stamp, asked);

    public void Correct(string tenant, string stamp) => _table.Correct(tenant, stamp);

    private OriginSet Outside(string stamp)
    {
        var outside = default(OriginSet);
        for (var i = 0; i < _stampOf.Length; i++)
        {
            if (_stampOf[i] != stamp)
                outside.Add(i);
        }

        return outside;
    }
}
