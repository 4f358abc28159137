using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Api.Mesh;

/// <summary>Live changes. A client calls <c>Follow</c> once and gets a stream of <see cref="MeshUpdate"/>.</summary>
internal sealed class QuestionsHub(MeshStream mesh) : Hub
{
    /// <param name="cursor">From the last update seen, by whatever geode; null starts with what happens from now on.</param>
    public async IAsyncEnumerable<MeshUpdate> Follow(string? cursor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var update in mesh.FollowAsync(cursor, cancellation))
            yield return update;
    }
}

internal static class MeshRegistration
{
    public const string Path = "/hubs/questions";

    private const int MaxMessageBytes = 32 * 1024;

    public static void AddMesh(this IServiceCollection services)
    {
        services.AddSingleton<MeshFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<MeshFeed>());
        services.AddSingleton<MeshStream>();
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = MaxMessageBytes;
            // A client that hears nothing for two of these goes elsewhere.
            hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(15);
        });
    }

    public static void MapMesh(this WebApplication app)
    {
        app.UseGoingAway(Path);
        app.MapHub<QuestionsHub>(Path);
    }
}
