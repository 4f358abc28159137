using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Geode.Router.Tests.Support;

/// <summary>Waits for what has to come true by itself, and fails when it does not within a generous time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static Task IsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        IsAsync(() => Task.FromResult(condition()), what);

    public static async Task IsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Longest, $"Never became true: {what}");
            await Task.Delay(10);
        }
    }
}
