using Geode.Service.Planets;
using Geode.TestKit;

namespace Geode.Service.Tests.Planets;

public sealed class CadenceTests
{
    private readonly ManualTime _clock = new();
    private readonly Cadence _cadence;

    public CadenceTests() => _cadence = new(_clock);

    [Fact]
    public void What_changes_is_said_every_second() => Assert.Equal([0, 1, 2, 3], Said("a", "b", "c", "d"));

    [Fact]
    public void What_does_not_change_is_said_twice_and_then_every_five_seconds() =>
        Assert.Equal([0, 1, 6, 11], Said([.. Enumerable.Repeat("same", 14)]));

    [Fact]
    public void A_change_is_said_at_once_in_the_middle_of_a_long_pause() =>
        Assert.Equal([0, 1, 4, 5, 10], Said(["a", "a", "a", "a", .. Enumerable.Repeat("b", 9)]));

    [Fact]
    public void What_was_not_written_is_due_still()
    {
        Assert.Equal(Cadence.Shortest, _cadence.Due("a"));
        Assert.Equal(Cadence.Shortest, _cadence.Due("a"));
    }

    [Fact]
    public void The_next_comes_no_later_than_was_promised()
    {
        var (promised, random, word) = (_clock.GetUtcNow(), new Random(7), 0);
        for (var second = 0; second < 200; second++)
        {
            word += random.Next(4) / 3;
            Assert.True(_clock.GetUtcNow() <= promised);
            if (_cadence.Due($"{word}") is { } every)
            {
                _cadence.Said($"{word}", every);
                promised = _clock.GetUtcNow() + every;
            }
            _clock.Advance(Cadence.Shortest);
        }
    }

    /// <summary>The seconds at which something was said, when each second has its words.</summary>
    private List<int> Said(params string[] words)
    {
        List<int> said = [];
        foreach (var (second, word) in words.Index())
        {
            if (_cadence.Due(word) is { } every)
            {
                _cadence.Said(word, every);
                said.Add(second);
            }
            _clock.Advance(Cadence.Shortest);
        }

        return said;
    }
}
