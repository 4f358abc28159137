using Geode.Service.Stamps;

namespace Microsoft.AspNetCore.Http;

/// <summary>What the geode knows of a request's tenant.</summary>
public static class TenantHttpContextExtensions
{
    /// <summary>The tenant that the request is for; null: it names none.</summary>
    public static Tenant? Tenant(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<Tenant>();
    }
}
