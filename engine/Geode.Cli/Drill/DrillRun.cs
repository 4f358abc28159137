namespace Geode.Cli.Drill;

/// <summary>Loses a geode of a planet that runs while clients read, and brings it back, whatever happens.</summary>
internal static class DrillRun
{
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <exception cref="CliException">The planet is not well before anything is broken, knows no such region, or does not answer.</exception>
    public static async Task<DrillResult> RunAsync(DrillSettings settings, CancellationToken cancellation)
    {
        using var control = new PlanetControl(settings.Control);
        var planet = await control.LookAsync(cancellation);
        if (planet.Regions.All(r => r.Name != settings.Region))
            throw new CliException($"The planet has no region '{settings.Region}'; it has {string.Join(", ", planet.Regions.Select(r => r.Name))}.");
        if (planet.Regions.Count < 2)
            throw new CliException("The planet has one region: nobody is left to serve when it is lost.");
        if (planet.Regions.FirstOrDefault(r => !r.IsWell) is { } unwell)
            throw new CliException($"{unwell.Name} is {unwell.State}: a drill begins on a planet that is well.");
        IReadOnlyList<string> places = settings.From.Count > 0 ? settings.From : [.. planet.Regions.Select(r => r.Name)];
        await using var load = await DrillLoad.StartAsync(new Uri(planet.Router, settings.Path), places, settings.Rate, cancellation);
        var recovered = false;
        await Task.Delay(settings.Length / 3, cancellation);
        try
        {
            load.Phase = DrillPhases.Lost;
            await control.DoAsync(settings.Fault, settings.Region, cancellation);
            await Task.Delay(settings.Length, cancellation);
        }
        finally
        {
            // Also when the drill is broken off: nobody else would.
            recovered = await BackAsync(control, settings.Region);
        }

        load.Phase = DrillPhases.Back;
        await Task.Delay(settings.Length / 3, cancellation);
        return DrillResult.Of(settings, await load.EndAsync(), recovered);
    }

    private static async Task<bool> BackAsync(PlanetControl control, string region)
    {
        using var limit = new CancellationTokenSource(Recovery);
        try
        {
            await control.DoAsync("revive", region, limit.Token);
            while (!(await control.LookAsync(limit.Token)).Regions.Any(r => r.Name == region && r.IsWell))
                await Task.Delay(Look, limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return false;
        }
    }
}
