using Geode.Service.Hosting;
using Geode.Service.Idempotency;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of <see cref="IdempotentWriter"/>.</summary>
public static class IdempotencyExtensions
{
    /// <summary>Requests with an <c>Idempotency-Key</c> make what they make once, in whichever regions they arrive. Adds sessions that travel.</summary>
    public static GeodeBuilder AddIdempotency(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return geode;
        geode.AddSessionTravel();
        geode.Services.AddScoped<IdempotentWriter>();
        return geode;
    }
}
