using Geode.Worker.Feeds;

namespace Geode.Worker.MapReduce;

internal static class MapReduceRegistration
{
    public static void AddMapReduce(this IServiceCollection services)
    {
        services.AddSingleton<PostMapper>();
        services.AddProcessor<JobMapper>();
        services.AddHostedService<JobReducer>();
    }
}
