using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Service.Planets;
using Geode.Service.Steward;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of feeds.</summary>
public static class FeedExtensions
{
    /// <summary>Every geode handles every change for itself, from its own replica: for a view that it needs also while it is cut off.</summary>
    /// <typeparam name="THandler">Made once; may take its <see cref="FeedContext"/> and any service.</typeparam>
    /// <param name="geode">The geode.</param>
    /// <param name="name">The processor's name; part of its leases' prefix.</param>
    /// <param name="container">The container whose changes it follows, from the first one on.</param>
    public static GeodeBuilder AddLocalFeed<THandler>(this GeodeBuilder geode, string name, string container)
        where THandler : class, IFeedHandler => geode.AddFeed<THandler>(new(name, container, FeedScope.Local));

    /// <summary>One geode handles every change for the whole planet, and another takes over within 15 s of its loss: for a result that all
    /// regions share. While a partition lasts there can be two, so results must carry the owner's <see cref="Fence"/>;
    /// <see cref="Recount{TDocument, TResult}"/> does all that is needed.</summary>
    /// <inheritdoc cref="AddLocalFeed{THandler}"/>
    public static GeodeBuilder AddGlobalFeed<THandler>(this GeodeBuilder geode, string name, string container)
        where THandler : class, IFeedHandler => geode.AddFeed<THandler>(new(name, container, FeedScope.Global));

    internal static GeodeBuilder AddFeed<THandler>(this GeodeBuilder geode, Feed feed)
        where THandler : class, IFeedHandler
    {
        if (!geode.IsFirst($"feed {feed.Name}"))
            throw new ArgumentException($"There is a feed named '{feed.Name}' already; its leases would be shared.", nameof(feed));
        geode.AddFeedReports();
        geode.Services.AddKeyedSingleton(feed.Name, (provider, _) =>
        {
            var context = ActivatorUtilities.CreateInstance<FeedContext>(provider, feed);
            return new Processor(context, Handler<THandler>(provider, context), provider.GetRequiredService<TimeProvider>());
        });
        geode.Services.AddSingleton(provider => provider.GetRequiredKeyedService<Processor>(feed.Name));
        // Whose link may be down for hours handles nothing for others.
        if (feed.Scope is FeedScope.Global && geode.Region.IsEdge)
            return geode;
        // AddHostedService would take the second processor for the first.
        geode.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<Processor>(feed.Name).Host(provider));
        if (typeof(IRecount).IsAssignableFrom(typeof(THandler)))
        {
            geode.Services.AddSingleton<IHostedService>(provider =>
                ActivatorUtilities.CreateInstance<RecountSurvey>(provider, provider.GetRequiredKeyedService<Processor>(feed.Name)));
        }

        return geode;
    }

    private static THandler Handler<THandler>(IServiceProvider provider, FeedContext context)
        where THandler : class =>
        // What is given must be taken.
        WantsContext<THandler>()
            ? ActivatorUtilities.CreateInstance<THandler>(provider, context)
            : ActivatorUtilities.CreateInstance<THandler>(provider);

    private static bool WantsContext<THandler>() =>
        typeof(THandler).GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(FeedContext)));

    internal static void AddFeedReports(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return;
        geode.Services.TryAddSingleton<StewardPlace>();
        geode.AddHosted<FeedBacklog>();
        geode.AddHosted<FeedMetrics>();
        geode.AddHosted<WorkerHeartbeat>();
    }
}
