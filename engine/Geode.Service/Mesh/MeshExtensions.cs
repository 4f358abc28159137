using Geode.Service.Hosting;
using Geode.Service.Mesh;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of the mesh.</summary>
public static class MeshExtensions
{
    private const int MaxMessageBytes = 32 * 1024;

    /// <summary>Pushes what changes to everyone who listens: a SignalR hub whose stream <c>Follow(cursor)</c> tells each change once, and goes on
    /// in any other geode where this one left off. No geode talks to another: each follows its own replica's feed.</summary>
    /// <typeparam name="TChange">What a listener is sent; see <see cref="MeshUpdate{TChange}"/>.</typeparam>
    /// <typeparam name="TView">Makes it of a changed document.</typeparam>
    /// <param name="geode">The geode.</param>
    /// <param name="path">The hub's, such as <c>/hubs/questions</c>.</param>
    /// <param name="containers">What is followed. Cursors count on their order.</param>
    /// <exception cref="InvalidOperationException">There is a mesh already: a service has one.</exception>
    public static GeodeBuilder AddMesh<TChange, TView>(this GeodeBuilder geode, string path, params IReadOnlyList<string> containers)
        where TChange : class
        where TView : class, IMeshView<TChange>
    {
        if (!geode.IsFirst())
            throw new InvalidOperationException("A service has one mesh; give it all the containers.");
        geode.Services.AddSingleton(new MeshOptions(path, containers));
        geode.Services.AddSingleton<IMeshView<TChange>, TView>();
        geode.AddHosted<MeshFeed>();
        geode.Services.AddSingleton<MeshStream<TChange>>();
        geode.Services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = MaxMessageBytes;
            // A client that hears nothing for two of these goes elsewhere.
            hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(15);
        });
        geode.Use(GeodeStage.Endpoints, app =>
        {
            GoingAway.Use(app, path);
            app.MapHub<MeshHub<TChange>>(path);
        });
        return geode;
    }
}
