using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;

namespace Geode.Service.Mesh;

/// <summary>Live changes. A client calls <c>Follow</c> once and gets a stream of <see cref="MeshUpdate{TChange}"/>.</summary>
internal sealed class MeshHub<TChange>(MeshStream<TChange> mesh) : Hub
    where TChange : class
{
    /// <param name="cursor">From the last update seen, by whatever geode; null starts with what happens from now on.</param>
    public async IAsyncEnumerable<MeshUpdate<TChange>> Follow(string? cursor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var update in mesh.FollowAsync(cursor, cancellation))
            yield return update;
    }
}
