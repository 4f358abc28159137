namespace Geode.Tests.Planets;

/// <summary>Waits for what must become true in the end. The limit only bounds a failing test; nothing is asserted about speed.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> otherwise, TimeSpan? limit = null)
    {
        using var end = new CancellationTokenSource(limit ?? Limit);
        while (!await condition())
        {
            Assert.False(end.IsCancellationRequested, otherwise());
            await Task.Delay(100);
        }
    }
}
