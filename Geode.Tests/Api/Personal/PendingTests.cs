using Geode.Api.Documents;
using Geode.Api.Personal;
using Geode.TestKit;

namespace Geode.Tests.Api.Personal;

public sealed class PendingTests
{
    private readonly ManualTime _time = new();
    private readonly Pending _pending;

    public PendingTests() => _pending = new(_time);

    [Fact]
    public void The_same_look_is_written_again_after_minutes_only()
    {
        Look("v", "q");
        Look("v", "q");
        Look("v", "other");
        Assert.Equal(["other", "q"], _pending.Take().Select(deed => deed.Id).Order());

        Look("v", "q");
        Assert.Empty(_pending.Take());
        _time.Advance(TimeSpan.FromMinutes(11));
        Look("v", "x");
        _time.Advance(TimeSpan.FromMinutes(11));
        Look("v", "q");
        Assert.Contains("q", _pending.Take().Select(deed => deed.Id));
    }

    [Fact]
    public void A_look_does_not_take_the_place_of_a_vote_nor_an_earlier_deed_that_of_a_later()
    {
        _pending.Add(Deed("v", "q", 1, "2026-01-01T00:00:01"), isLook: false);
        _pending.Add(Deed("v", "q", Interest.Viewed, "2026-01-01T00:00:02"), isLook: true);
        _pending.Add(Deed("v", "q", -1, "2026-01-01T00:00:00"), isLook: false);
        Assert.Equal(1, Assert.Single(_pending.Take()).Weight);
    }

    [Fact]
    public void It_is_bounded_and_what_says_more_goes_first()
    {
        for (var i = 0; i < 2 * Pending.Most; i++)
            Look("v", $"q{i}");
        _pending.Add(Deed("v", "q0", 1, "2027-01-01"), isLook: false);

        var taken = new List<Interest>();
        while (_pending.Take() is { Count: > 0 } some)
        {
            Assert.InRange(some.Count, 1, Pending.MostAtOnce);
            taken.AddRange(some);
        }

        Assert.Equal(Pending.Most, taken.Count);
        Assert.Equal("q0", taken[0].Id);
    }

    [Fact]
    public void Nothing_is_left_of_who_is_forgotten()
    {
        Look("v", "q");
        Look("w", "q");
        _pending.Forget("v");
        Assert.Equal("w", Assert.Single(_pending.Take()).Visitor);
        Look("v", "q");
        Assert.Equal("v", Assert.Single(_pending.Take()).Visitor);
    }

    private void Look(string visitor, string question) => _pending.Add(Deed(visitor, question, Interest.Viewed, "2026-01-01"), isLook: true);

    private static Interest Deed(string visitor, string question, double weight, string at) => new() { Id = question, Visitor = visitor, Weight = weight, At = at };
}
