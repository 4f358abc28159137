using Geode.Worker.Feeds;

namespace Geode.Worker.Heartbeats;

internal static class HeartbeatRegistration
{
    public static void AddHeartbeats(this IServiceCollection services)
    {
        services.AddSingleton<FeedBacklog>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedBacklog>());
        services.AddHostedService<FeedMetrics>();
        services.AddHostedService<HeartbeatWriter>();
    }
}
