using Geode.Runtime.Tenants;
using Geode.Topology;

namespace Geode.Service.Stamps.Forwarding;

/// <summary>Tells a router that cannot learn where tenants are, such as Front Door, which stamp to try first. It is a hint and soon forgotten: a browser may
/// use tenants of two stamps, a tenant may move, a stamp may be away.</summary>
internal static class StampCookie
{
    /// <summary>As the rules in infra/modules/routes.bicep say, too.</summary>
    public const string Name = "geode-stamp";

    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(5);

    /// <summary>Has the answer say so, unless the request knew.</summary>
    /// <param name="response">Not begun yet.</param>
    /// <param name="stamp">Of the tenant.</param>
    /// <param name="tenant">Legal.</param>
    /// <param name="settings">Where tenants are told by the path, each has a cookie of its own.</param>
    public static void Give(HttpResponse response, string stamp, string tenant, TenantSettings settings)
    {
        if (response.HttpContext.Request.Cookies[Name] == stamp)
            return;
        response.Cookies.Append(Name, stamp, new()
        {
            Path = settings.By == TenantSources.Path ? TenantName.PathOf(tenant) : "/",
            MaxAge = Holds,
            Secure = true,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
        });
    }

    /// <summary>The same where the request had another stamp's; where it had none, the nearest geode is the right one as it is.</summary>
    public static void Correct(HttpResponse response, string stamp, string tenant, TenantSettings settings)
    {
        if (response.HttpContext.Request.Cookies.ContainsKey(Name))
            Give(response, stamp, tenant, settings);
    }
}
