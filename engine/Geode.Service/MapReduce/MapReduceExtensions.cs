using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Service.MapReduce;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of jobs.</summary>
public static class MapReduceExtensions
{
    /// <summary>Does this region's share of a job, and puts the shares together where it was asked for.</summary>
    /// <typeparam name="TJob">How to map and reduce.</typeparam>
    /// <typeparam name="TDocument">What is mapped.</typeparam>
    /// <param name="geode">The geode.</param>
    /// <param name="name">The job's name, the same where it is asked for.</param>
    /// <param name="container">The container whose documents are mapped.</param>
    public static GeodeBuilder AddMapReduce<TJob, TDocument>(this GeodeBuilder geode, string name, string container)
        where TJob : class, IMapReduce<TDocument>
    {
        geode.Services.AddSingleton<TJob>();
        geode.Services.AddSingleton<IJobRunner>(provider =>
            ActivatorUtilities.CreateInstance<JobRunner<TDocument>>(provider, name, container, provider.GetRequiredService<TJob>()));
        if (geode.IsFirst())
        {
            geode.Services.AddSingleton<OpenJobs>();
            geode.AddFeed<JobMapper>(new("jobs", geode.Options.Activity, FeedScope.Local));
            geode.Services.AddHostedService<JobReducer>();
        }

        return geode;
    }

    /// <summary>Lets visitors ask for jobs: <c>POST /api/jobs/{name}</c>, then <c>GET /api/jobs/{region}/{id}</c> as its answer's
    /// <c>Location</c> says. Others ask through <see cref="Jobs"/>.</summary>
    /// <param name="geode">The geode.</param>
    /// <param name="names">The jobs that may be asked for.</param>
    public static GeodeBuilder AddJobs(this GeodeBuilder geode, params IReadOnlyList<string> names)
    {
        if (!geode.IsFirst())
            throw new InvalidOperationException("Jobs are added in one call, with all their names.");
        geode.Services.AddSingleton<Jobs>();
        geode.Use(GeodeStage.Endpoints, app => JobEndpoints.Map(app, names));
        return geode;
    }
}
