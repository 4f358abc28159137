using Geode.Foresight.Scaling;

namespace Geode.Foresight.Tests.Scaling;

public sealed class StabilizedCountTests
{
    [Fact]
    public void Is_the_most_that_was_wanted_within_the_window()
    {
        var random = new Random(21);
        for (var run = 0; run < 200; run++)
        {
            var window = TimeSpan.FromSeconds(random.Next(1, 60));
            var count = new StabilizedCount(window);
            List<(DateTimeOffset At, int Wanted)> all = [];
            var at = DateTimeOffset.UnixEpoch;
            for (var step = 0; step < 200; step++)
            {
                at += TimeSpan.FromSeconds(random.Next(1, 10));
                all.Add((at, random.Next(20)));
                Assert.Equal(all.Where(w => at - w.At < window).Max(w => w.Wanted), count.Next(at, all[^1].Wanted));
            }
        }
    }
}
