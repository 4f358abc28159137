using Geode.Service.Mesh;
using Geode.Shopping;
using Geode.Topology;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Geode.Service.Tests;

/// <summary>Listens to one geode's mesh.</summary>
internal sealed class Listener(HubConnection hub, IAsyncEnumerator<MeshUpdate<ListChange>> updates) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string Cursor { get; private set; } = "";

    /// <summary>Connects there, and waits until the geode has taken up that cursor.</summary>
    public static async Task<Listener> FollowAsync(ShoppingPlanet planet, Region at, string? cursor = null)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(planet.Address(at), "hubs/lists"), HttpTransportType.WebSockets).Build();
        await hub.StartAsync();
        var listener = new Listener(hub, hub.StreamAsync<MeshUpdate<ListChange>>("Follow", cursor).GetAsyncEnumerator());
        // The one without changes comes first, or after what was missed.
        if (cursor is null)
            await listener.NextAsync();
        return listener;
    }

    /// <summary>All changes up to and including that one.</summary>
    public async Task<List<ListChange>> UntilAsync(ListChange last)
    {
        var told = new List<ListChange>();
        while (!told.Contains(last))
            told.AddRange(await NextAsync());
        return told;
    }

    public async ValueTask DisposeAsync() => await hub.DisposeAsync();

    private async Task<IReadOnlyList<ListChange>> NextAsync()
    {
        Assert.True(await updates.MoveNextAsync().AsTask().WaitAsync(Patience));
        Assert.False(updates.Current.Reset);
        Cursor = updates.Current.Cursor;
        return updates.Current.Changes;
    }
}
