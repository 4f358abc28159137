using Geode.Router.Tenants;

namespace Geode.Router.Edge;

/// <summary>What a response is kept under: the address asked for, and for responses that vary, what they vary by.</summary>
/// <param name="Tenant">Null: none, or there are no stamps.</param>
internal readonly record struct CacheKey(string Host, string Path, string Query, string Variant, string? Tenant = null)
{
    public static CacheKey Of(HttpRequest request) =>
        new(request.Host.Value ?? "", request.Path.Value ?? "", request.QueryString.Value ?? "", "");

    /// <param name="tenants">Null: there are no stamps.</param>
    public static CacheKey Of(HttpContext context, TenantRoutes? tenants) =>
        tenants?.NameOf(context) is { } tenant ? Of(context.Request) with { Tenant = tenant } : Of(context.Request);

    public int Bytes => 2 * (Host.Length + Path.Length + Query.Length + Variant.Length + (Tenant?.Length ?? 0)) + 64;
}
