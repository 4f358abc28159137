using Geode.Topology;

namespace Geode.AppHost.Hosting;

/// <summary>The planet's store, as chosen by <c>backplane.kind</c>.</summary>
/// <param name="Shared">The one resource that all geodes use; null when every geode brings its own replica.</param>
internal sealed record Backplane(string Name, Planet Planet, IResourceBuilder<IResourceWithConnectionString>? Shared);

/// <summary>What the services of one geode reach the store by.</summary>
/// <param name="Resource">To be waited for.</param>
/// <param name="Connection">Null when the geode's environment already says it.</param>
internal sealed record BackplaneReference(IResourceBuilder<IResource> Resource, IResourceBuilder<IResourceWithConnectionString>? Connection);
