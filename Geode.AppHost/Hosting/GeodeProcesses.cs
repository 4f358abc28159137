using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.AppHost.Hosting;

/// <summary>The operating-system processes behind a geode's resources.</summary>
internal static class GeodeProcesses
{
    // As the dashboard shows it; Aspire keeps the constant to itself.
    private const string PidProperty = "executable.pid";

    /// <summary>Those that run. Each is the root of a tree: Aspire starts a project by <c>dotnet run</c>.</summary>
    public static IReadOnlyList<int> Pids(GeodeResource geode, IServiceProvider services) =>
        [.. Running(geode, services.GetRequiredService<ResourceNotificationService>())];

    /// <summary>SIGKILL, so that nothing is said good-bye to.</summary>
    /// <returns>How many processes there were.</returns>
    public static int Kill(GeodeResource geode, IServiceProvider services)
    {
        var killed = 0;
        foreach (var pid in Pids(geode, services))
        {
            using var process = Process.GetProcessById(pid);
            process.Kill(entireProcessTree: true);
            killed++;
        }
        return killed;
    }

    /// <summary>Starts what has ended, and waits until all is healthy.</summary>
    /// <returns>How many were started.</returns>
    public static async Task<int> StartAsync(GeodeResource geode, IServiceProvider services, CancellationToken cancellationToken)
    {
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        var commands = services.GetRequiredService<ResourceCommandService>();
        var ended = geode.Members.Where(m => HasEnded(m, notifications)).ToList();
        foreach (var member in ended)
        {
            var started = await commands.ExecuteCommandAsync(member, KnownResourceCommands.StartCommand, cancellationToken);
            if (!started.Success)
                throw new InvalidOperationException($"{member.Name}: {started.Message}");
        }
        await Task.WhenAll(geode.Members.Select(m => notifications.WaitForResourceHealthyAsync(m.Name, cancellationToken)));
        return ended.Count;
    }

    private static IEnumerable<int> Running(GeodeResource geode, ResourceNotificationService notifications)
    {
        foreach (var member in geode.Members)
        {
            if (HasEnded(member, notifications) || !notifications.TryGetCurrentState(member.Name, out var current))
                continue;
            if (current.Snapshot.Properties.FirstOrDefault(p => p.Name == PidProperty)?.Value is { } pid)
                yield return Convert.ToInt32(pid, CultureInfo.InvariantCulture);
        }
    }

    private static bool HasEnded(IResource member, ResourceNotificationService notifications) =>
        notifications.TryGetCurrentState(member.Name, out var current)
        && current.Snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);
}
