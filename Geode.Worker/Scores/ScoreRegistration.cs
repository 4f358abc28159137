using Geode.Service.Backplane;
using Geode.Topology;
using Geode.Worker.Feeds;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Worker.Scores;

internal static class ScoreRegistration
{
    public static void AddScores(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Fence(
            "scores", provider.GetRequiredService<BackplaneClients>(), provider.GetRequiredService<Region>()));
        services.AddSingleton<ScoreBoard>();
        services.AddProcessor<ScoreKeeper>();
        services.AddHostedService<ScoreReconciler>();
    }
}
