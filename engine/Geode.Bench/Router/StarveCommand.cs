namespace Geode.Bench.Router;

/// <summary><c>starve [--processes 2] [--seconds 3600]</c>: keeps the machine busy, so that what runs beside it has to share.</summary>
internal sealed class StarveCommand : IBenchCommand
{
    public string Name => "starve";

    public string Summary => "Keeps the machine busy, to see how something else does beside it. --processes 2 --seconds 3600";

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var options = new Arguments(args);
        await using var busy = new BusyProcesses(options.Number("--processes", 2));
        await Task.Delay(TimeSpan.FromSeconds(options.Number("--seconds", 3_600)), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}

/// <summary><c>spin</c>: one thread that never rests, until nobody holds its standard input open any more.</summary>
internal sealed class SpinCommand : IBenchCommand
{
    public string Name => "spin";

    public string? Summary => null;

    public Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var spinning = true;
        var thread = new Thread(() =>
        {
            while (Volatile.Read(ref spinning))
                Thread.SpinWait(1_000);
        });
        thread.Start();
        // Ends with whoever started it, however that ended.
        _ = Console.In.Read();
        Volatile.Write(ref spinning, false);
        thread.Join();
        return Task.FromResult(0);
    }
}

/// <summary>Processes that want the whole machine, until this is disposed of.</summary>
internal sealed class BusyProcesses(int count) : IAsyncDisposable
{
    private readonly List<Child> _children = [.. Enumerable.Range(0, count).Select(_ => Child.Self("spin"))];

    public async ValueTask DisposeAsync()
    {
        foreach (var child in _children)
            await child.DisposeAsync();
    }
}
