using System.Globalization;
using System.Threading.RateLimiting;
using Geode.Service.Identity;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Service.Http;

/// <summary>Bounds what one visitor may write in one geode. Each geode counts for itself: a shared counter would be the one
/// thing all regions wait for.</summary>
internal static class RateLimits
{
    private const double DefaultWritesPerSecond = 100;
    private const double MaxWritesPerSecond = 100_000;
    private const int BurstSeconds = 2;
    private const int PeriodsPerSecond = 10;

    public static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        var rate = Rate(configuration["Geode:WritesPerSecond"]);
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
                    ? RateLimitPartition.GetNoLimiter("reads")
                    : RateLimitPartition.GetTokenBucketLimiter(Who(context), _ => Bucket(rate)));
            limits.OnRejected = Rejected;
        });
    }

    private static string Who(HttpContext context) =>
        context.KnownVisitor()?.Id ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static TokenBucketRateLimiterOptions Bucket(double perSecond) => new()
    {
        TokenLimit = Math.Max(1, (int)(perSecond * BurstSeconds)),
        TokensPerPeriod = Math.Max(1, (int)(perSecond / PeriodsPerSecond)),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, perSecond / PeriodsPerSecond) / perSecond),
        QueueLimit = 0,
    };

    private static async ValueTask Rejected(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var context = rejected.HttpContext;
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var details = Problems.Details(StatusCodes.Status429TooManyRequests, null, "Too many writes from you; wait as Retry-After says.");
        await context.RequestServices.GetRequiredService<IProblemDetailsService>()
            .WriteAsync(new() { HttpContext = context, ProblemDetails = details });
    }

    private static double Rate(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return DefaultWritesPerSecond;
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= MaxWritesPerSecond
            ? rate
            : throw new PlanetException($"Geode__WritesPerSecond: '{value}' is not a number above 0 and up to {MaxWritesPerSecond:F0}.");
    }
}
