namespace Geode.Bench.Router;

/// <summary>What happens to the origins between the fifth and the fifteenth second of a drill.</summary>
internal static class DrillFaults
{
    /// <summary>In the order they are run in.</summary>
    public static IReadOnlyList<string> All { get; } = ["kill", "freeze", "503", "reset", "slow", "flap", "both-gone"];

    /// <param name="start">Starts an origin again after it was killed.</param>
    public static async Task RunAsync(string fault, Child[] origins, Func<int, Task<Child>> start, TimeSpan length, CancellationToken stop)
    {
        switch (fault)
        {
            case "kill":
                origins[0].Kill();
                await Task.Delay(length, stop);
                origins[0] = await AgainAsync(origins[0], 0);
                break;
            case "freeze":
                origins[0].Freeze();
                await Task.Delay(length, stop);
                origins[0].Thaw();
                break;
            case "flap":
                for (var gone = true; length > TimeSpan.Zero; gone = !gone, length -= TimeSpan.FromSeconds(1))
                {
                    await origins[0].AskAsync(gone ? "gone" : "none", stop);
                    await Task.Delay(TimeSpan.FromSeconds(1), stop);
                }

                await origins[0].AskAsync("none", stop);
                break;
            case "both-gone":
                await Task.WhenAll(origins.Select(o => o.AskAsync("gone", stop)));
                await Task.Delay(length, stop);
                await Task.WhenAll(origins.Select(o => o.AskAsync("none", stop)));
                break;
            default:
                await origins[0].AskAsync(fault, stop);
                await Task.Delay(length, stop);
                await origins[0].AskAsync("none", stop);
                break;
        }

        async Task<Child> AgainAsync(Child dead, int index)
        {
            await dead.DisposeAsync();
            return await start(index);
        }
    }
}
