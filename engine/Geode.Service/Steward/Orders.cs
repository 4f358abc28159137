using Geode.Foresight.Guardrails;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Steward;

/// <summary>What people tell the steward: its mode, to hold still, to undo. It goes to every region as a document, whether there is a steward
/// or not.</summary>
internal sealed class Orders(PlanBoard board, Planet planet, TimeProvider clock)
{
    private readonly TimeSpan _hold = TimeSpan.FromSeconds(planet.Steward.HoldSeconds);

    /// <summary>The mode that counts.</summary>
    public static StewardMode ModeOf(OrdersDocument? orders, StewardPlace place) => ModeNames.Parse(orders?.Mode) ?? place.Mode;

    /// <summary>From now on it goes so far. To let it act ends a hold: that is what was asked for.</summary>
    /// <param name="mode">How far.</param>
    /// <param name="at">When it was said, in milliseconds since 1970; null: now.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public Task SetModeAsync(StewardMode mode, long? at, CancellationToken cancellation) => ChangeAsync(
        (orders, revision) => orders with
        {
            Mode = ModeNames.Name(mode),
            ModeRevision = revision,
            HeldUntil = mode is StewardMode.Act ? null : orders.HeldUntil,
            Why = $"mode {ModeNames.Name(mode)}",
        },
        at, cancellation);

    /// <summary>A person has acted: nothing is applied for a while.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public Task HoldAsync(string why, long? at, CancellationToken cancellation) =>
        ChangeAsync((orders, _) => orders with { HeldUntil = clock.GetUtcNow() + _hold, Why = why }, at, cancellation);

    /// <summary>What plans have done ends, in every region, and nothing is applied for a while.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public Task UndoAsync(long? at, CancellationToken cancellation) =>
        ChangeAsync((orders, revision) => orders with { HeldUntil = clock.GetUtcNow() + _hold, Undone = revision, UndoneAt = clock.GetUtcNow(), Why = "undo" }, at, cancellation);

    // When it was said tells which word is the last: one that a slow region takes up late must not undo what was said since.
    private async Task ChangeAsync(Func<OrdersDocument, long, OrdersDocument> change, long? at, CancellationToken cancellation)
    {
        var before = (await board.ReadAsync(cancellation)).Orders;
        if (at <= before?.Revision)
            return;
        // By the clock too: what another region was told a moment ago may not have arrived here.
        var revision = at ?? Math.Max((before?.Revision ?? 0) + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var orders = before ?? new("orders", board.Here.Name, OrdersDocument.OrdersKind, 0, null, null, 0, null, null, default);
        await board.WriteAsync(change(orders, revision) with { Id = "orders", Region = board.Here.Name, Revision = revision, At = clock.GetUtcNow() }, cancellation);
    }
}
