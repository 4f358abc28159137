using System.Text.Json;
using Azure;
using Geode.Foresight.Guardrails;
using Geode.Service.Backplane;

namespace Geode.Service.Steward.InAzure;

/// <summary>Brings one resource to what a plan wants and back to what it was. It looks before it changes anything, one step at a call, and
/// remembers what was there first: so what was done by half goes on with the next call, after a restart too.</summary>
internal sealed class AzureChange<T>(AzureKind<T> kind, ArmResourceClient resource, IChangeMemory memory, TimeProvider clock)
    where T : notnull
{
    /// <summary>After somebody else changed it, plans leave it alone for so long.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private PlanStamp _newest;
    private (DateTimeOffset Until, string Why)? _paused;
    private (string Asked, DateTimeOffset At)? _settled;
    private DateTimeOffset? _changedAt;

    /// <param name="asked">What the plan wants, in words: asked for again within minutes of being so, it is not looked at.</param>
    /// <param name="wanted">The same by what was there before, and by the resource's other properties.</param>
    /// <param name="stamp">Of the plan.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="PlanActionException">Not yet, or not at all; says why.</exception>
    public Task ApplyAsync(string asked, Func<T, JsonElement, T> wanted, PlanStamp stamp, CancellationToken cancellation) =>
        InTurnAsync(() => ApplyTurnAsync(asked, wanted, stamp, cancellation), cancellation);

    /// <summary>Puts back what was there before, unless somebody else has changed it since.</summary>
    /// <returns>False: Azure is at it, or something is in the way that may pass. Ask again.</returns>
    /// <exception cref="PlanActionException">Not yet; says why. <see cref="TendAsync"/> goes on with it.</exception>
    public async Task<bool> UndoAsync(CancellationToken cancellation)
    {
        var done = false;
        await InTurnAsync(async () => done = await UndoTurnAsync(cancellation), cancellation);
        return done;
    }

    /// <summary>Ends what no plan has asked for lately, and goes on with an undo.</summary>
    /// <param name="lapse">So long after it was last asked for.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="PlanActionException">Not yet; says why.</exception>
    public async Task TendAsync(TimeSpan lapse, CancellationToken cancellation)
    {
        var change = await memory.ReadAsync(kind.Key, cancellation);
        if (change is { Set: not null } && (change.Ending || clock.GetUtcNow() - change.AskedAt > lapse))
            await UndoAsync(cancellation);
    }

    private async Task ApplyTurnAsync(string asked, Func<T, JsonElement, T> wanted, PlanStamp stamp, CancellationToken cancellation)
    {
        ThrowIfOlder(stamp, _newest);
        var now = clock.GetUtcNow();
        var known = await memory.ReadAsync(kind.Key, cancellation);
        if (known is not null)
            ThrowIfOlder(stamp, known.Stamp);
        _newest = stamp;
        if (known?.HeldUntil is { } until && until > now)
            throw Held(until);
        // Also where it cannot be done now: it is asked for, and what is there must not end meanwhile.
        known = await StillAskedAsync(known, stamp, now, cancellation);
        ThrowIfPaused(now);
        if (_settled is { } settled && settled.Asked == asked && now - settled.At < LookAgain)
            return;

        var state = await resource.GetAsync(cancellation);
        var current = kind.Read(state.Properties);
        if (known?.Set is { } set && IsForeign(state, current, known, set))
        {
            await memory.WriteAsync(kind.Key, Fresh(current, stamp, now) with { HeldUntil = now + Hold, Tag = known.Tag }, cancellation);
            throw Held(now + Hold);
        }

        var before = known?.Set is null ? current : Values(known.Before);
        var target = wanted(before, state.Properties);
        if (current.Equals(target))
        {
            var busy = kind.IsBusy(state.Properties);
            if (!target.Equals(before) && !busy && kind.Failure(state.Properties) is { } failure)
                throw Pause(now + AfterFault, $"{Capital(failure)}.");
            if (known is not null && target.Equals(before) && !busy)
                await memory.ForgetAsync(kind.Key, known, cancellation);
            if (!busy)
                _settled = (asked, now);
            return;
        }
        if (kind.Refusal(state.Properties) is { } refusal)
            throw Pause(now + AfterFault, $"{Capital(refusal)}.");
        if (kind.IsBusy(state.Properties))
            throw Pause(now + AfterFault, $"An earlier change of {kind.What} goes on still.");
        var changedAt = _changedAt ?? (known?.Set is null ? null : known.ChangedAt);
        if (changedAt + kind.Pause is { } next && next > now && !(kind.GoesBackAtOnce && target.Equals(before)))
            throw new PlanActionException($"Plans change {kind.What} once in {kind.Pause.TotalMinutes:0} minutes: next at {next:HH:mm} UTC.");

        var written = await memory.WriteAsync(
            kind.Key, new Remembered(Json(before), Json(target), stamp.Fence, stamp.Number, now, now) with { Tag = known?.Tag }, cancellation);
        try
        {
            await PatchAsync(state, target, cancellation);
        }
        catch (PlanActionException e) when (e.InnerException is RequestFailedException { Status: >= 400 and < 500 })
        {
            // Not changed, for certain; of anything else the next look tells.
            if (known is null)
                await memory.ForgetAsync(kind.Key, written, cancellation);
            else
                await memory.WriteAsync(kind.Key, known with { Tag = written.Tag }, cancellation);
            throw;
        }
    }

    private async Task<bool> UndoTurnAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        _settled = null;
        if (await memory.ReadAsync(kind.Key, cancellation) is not { } known)
            return true;
        if (known.Set is not { } set)
        {
            await memory.ForgetAsync(kind.Key, known, cancellation);
            return true;
        }
        if (!known.Ending)
            known = await memory.WriteAsync(kind.Key, known with { Ending = true }, cancellation);
        ThrowIfPaused(now);

        var state = await resource.GetAsync(cancellation);
        var current = kind.Read(state.Properties);
        if (kind.IsBusy(state.Properties))
            throw Pause(now + AfterFault, $"An earlier change of {kind.What} goes on still; then it is undone.");
        if (!current.Equals(Values(set)))
        {
            // As it was, or as somebody else wants it.
            await memory.ForgetAsync(kind.Key, known, cancellation);
            return true;
        }
        if (kind.Refusal(state.Properties) is { } refusal)
            throw Pause(now + AfterFault, $"{Capital(refusal)}.");
        await PatchAsync(state, Values(known.Before), cancellation);
        return false;
    }

    // What Azure is busy with may be ours, half done.
    private bool IsForeign(ArmState state, T current, Remembered known, JsonElement set) =>
        !kind.IsBusy(state.Properties) && !current.Equals(Values(set)) && !current.Equals(Values(known.Before));

    private async Task<Remembered?> StillAskedAsync(Remembered? known, PlanStamp stamp, DateTimeOffset now, CancellationToken cancellation) =>
        known is not null && (known.Ending || now - known.AskedAt >= TellAgain)
            ? await memory.WriteAsync(kind.Key, known with { Fence = stamp.Fence, Number = stamp.Number, AskedAt = now, Ending = false }, cancellation)
            : known;

    private async Task PatchAsync(ArmState state, T values, CancellationToken cancellation)
    {
        try
        {
            await resource.PatchAsync(kind.Change(values, clock.GetUtcNow()), state.Tag, cancellation);
            _changedAt = clock.GetUtcNow();
        }
        catch (Exception e) when (ArmFault.Is(e))
        {
            throw Failed(e, $"{kind.Type}/write");
        }
    }

    private async Task InTurnAsync(Func<Task> turn, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await turn();
        }
        catch (PlanActionException)
        {
            throw;
        }
        catch (Exception e) when (ArmFault.Is(e))
        {
            throw Failed(e, $"{kind.Type}/read");
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw Pause(clock.GetUtcNow() + AfterFault, $"Azure does not answer in time for {kind.What}.", e);
        }
        catch (Exception e) when (BackplaneFault.Is(e) && e is not OperationCanceledException)
        {
            throw new PlanActionException($"What was there before cannot be remembered, so {kind.What} is not changed: {e.Message.Split('\n')[0]}", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    private PlanActionException Held(DateTimeOffset until) => new($"Somebody else changed {kind.What}: plans leave it alone until {until:HH:mm} UTC.");

    private PlanActionException Failed(Exception e, string action)
    {
        var now = clock.GetUtcNow();
        var until = now + ArmFault.Pause(e, AfterFault, clock);
        return Pause(until, $"{Capital(ArmFault.Reason(e, kind.What, action))}; next try at {until:HH:mm:ss} UTC.", e);
    }

    private PlanActionException Pause(DateTimeOffset until, string why, Exception? e = null)
    {
        _paused = (until, why);
        return new(why, e);
    }

    private void ThrowIfPaused(DateTimeOffset now)
    {
        if (_paused is { } pause && pause.Until > now)
            throw new PlanActionException(pause.Why);
        _paused = null;
    }

    private static void ThrowIfOlder(PlanStamp stamp, PlanStamp newest)
    {
        if (stamp < newest)
            throw new PlanActionException($"Plan {stamp} is older than {newest}, which was applied.");
    }

    private static Remembered Fresh(T current, PlanStamp stamp, DateTimeOffset now) => new(Json(current), null, stamp.Fence, stamp.Number, now, now);

    private static JsonElement Json(T values) => JsonSerializer.SerializeToElement(values, BackplaneJson.Options);

    private static T Values(JsonElement json) => json.Deserialize<T>(BackplaneJson.Options)!;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
