namespace Geode.Service.Hosting;

/// <summary>Writes what was gathered in memory.</summary>
public static class Periodic
{
    /// <summary>Again and again until told to stop, and then once more: what has been gathered since is not to be lost with an orderly end.</summary>
    /// <param name="interval">From one write to the next.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="write">Throws nothing but that it was told to stop.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task WriteAsync(TimeSpan interval, TimeProvider clock, Func<CancellationToken, Task> write, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
                await write(stopping);
        }
        catch (OperationCanceledException)
        {
            await write(CancellationToken.None);
        }
    }
}
