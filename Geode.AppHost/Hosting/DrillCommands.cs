using Geode.Local.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.AppHost.Hosting;

/// <summary>What the control API of the local planet does to a geode, as commands in the dashboard.</summary>
internal static class DrillCommands
{
    private const string NoSignals = "Windows has no signal that freezes a process.";

    public static IResourceBuilder<GeodeResource> WithDrillCommands(this IResourceBuilder<GeodeResource> geode) => geode
        .WithDrill("kill", "Kill", "SIGKILL to all of the geode's processes.", "Delete", Kill, state => state != KnownResourceStates.Exited)
        .WithDrill("freeze", "Freeze", "SIGSTOP: they accept connections and answer nothing.", "Pause", Freeze, state => state != GeodeState.Frozen)
        .WithDrill("thaw", "Thaw", "SIGCONT.", "Play", Thaw, state => state == GeodeState.Frozen)
        .WithDrill("revive", "Revive", "Start what does not run.", "ArrowClockwise", ReviveAsync, state => state != KnownResourceStates.Running);

    private static IResourceBuilder<GeodeResource> WithDrill(
        this IResourceBuilder<GeodeResource> geode, string name, string title, string description, string icon,
        Func<GeodeResource, ExecuteCommandContext, Task<string>> run, Func<string?, bool> enabled) =>
        geode.WithCommand(
            name, title,
            async context =>
            {
                try
                {
                    var done = await run(geode.Resource, context);
                    await GeodeState.PublishAsync(geode.Resource, context.Services.GetRequiredService<ResourceNotificationService>());
                    return CommandResults.Success(done);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    return CommandResults.Failure($"{name} {geode.Resource.Region.Name}: {e.Message}");
                }
            },
            new()
            {
                Description = description,
                IconName = icon,
                UpdateState = context => enabled(context.ResourceSnapshot.State?.Text) ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });

    private static Task<string> Kill(GeodeResource geode, ExecuteCommandContext context)
    {
        var killed = GeodeProcesses.Kill(geode, context.Services);
        geode.IsFrozen = false;
        return Task.FromResult($"Killed {killed} processes of {geode.Region.Name}.");
    }

    private static Task<string> Freeze(GeodeResource geode, ExecuteCommandContext context)
    {
        var frozen = Signal(geode, context, UnixSignal.Stop);
        geode.IsFrozen = true;
        return Task.FromResult($"Froze {frozen} processes of {geode.Region.Name}.");
    }

    private static Task<string> Thaw(GeodeResource geode, ExecuteCommandContext context)
    {
        var thawed = Signal(geode, context, UnixSignal.Continue);
        geode.IsFrozen = false;
        return Task.FromResult($"Thawed {thawed} processes of {geode.Region.Name}.");
    }

    private static async Task<string> ReviveAsync(GeodeResource geode, ExecuteCommandContext context)
    {
        if (geode.IsFrozen)
            await Thaw(geode, context);
        var started = await GeodeProcesses.StartAsync(geode, context.Services, context.CancellationToken);
        return $"Started {started} processes of {geode.Region.Name}.";
    }

    private static int Signal(GeodeResource geode, ExecuteCommandContext context, Func<int, bool> send) => UnixSignal.Available
        ? GeodeProcesses.Pids(geode, context.Services).SelectMany(ProcessTree.Of).Count(send)
        : throw new PlatformNotSupportedException(NoSignals);
}
