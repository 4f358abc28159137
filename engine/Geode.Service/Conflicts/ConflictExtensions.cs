using Geode.Service.Conflicts;
using Geode.Service.Feeds;
using Geode.Service.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of merges.</summary>
public static class ConflictExtensions
{
    /// <summary>Merges concurrent edits of a container whose conflict mode is <c>Custom</c>, so that neither is lost. What was deleted stays deleted.</summary>
    /// <typeparam name="TDocument">What is merged.</typeparam>
    /// <typeparam name="TMerge">How.</typeparam>
    /// <param name="geode">The geode.</param>
    /// <param name="container">The container.</param>
    /// <param name="partitionKey">The property that holds its partition.</param>
    /// <param name="ownedWith">The global feed whose owner merges. One geode has to: if every region merged, the merges would conflict in turn.</param>
    public static GeodeBuilder AddConflictMerge<TDocument, TMerge>(this GeodeBuilder geode, string container, string partitionKey, string ownedWith)
        where TDocument : class
        where TMerge : class, IConflictMerge<TDocument>
    {
        geode.Services.AddSingleton<TMerge>();
        geode.Services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<ConflictReader<TDocument>>(
            provider,
            ActivatorUtilities.CreateInstance<ConflictMerger<TDocument>>(provider, new ConflictSource(container, partitionKey), provider.GetRequiredService<TMerge>()),
            provider.GetKeyedService<Processor>(ownedWith) is { Feed.Scope: FeedScope.Global } owner
                ? owner
                : throw new InvalidOperationException($"Merging '{container}' needs the global feed '{ownedWith}', which is not there.")));
        return geode;
    }
}
