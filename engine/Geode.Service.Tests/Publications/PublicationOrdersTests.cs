using Geode.Service.Publications;

namespace Geode.Service.Tests.Publications;

/// <summary>One call goes back, in every region, and one goes on.</summary>
[Collection(ShoppingPlanetCollection.Name)]
public sealed class PublicationOrdersTests : IDisposable
{
    private readonly ShoppingPlanet _planet;
    private readonly PublicationBench _here;
    private readonly PublicationBench _there;

    public PublicationOrdersTests(ShoppingPlanet planet)
    {
        var name = PublicationBench.NewName();
        _planet = planet;
        (_here, _there) = (new(planet, name, planet.Here), new(planet, name, planet.There));
    }

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public async Task Back_to_the_version_before_for_good_until_it_is_resumed()
    {
        await PublishedAsync("one", "two", "three");

        var state = await _here.Orders.RollBackAsync(_here.Reading, null, null, default);
        Assert.Equal(("1000.2", "1000.2", "1000.3"), (state.Version, state.Pinned, state.Newest));
        await _there.UntilAsync("two");

        // What is published later does not count either.
        await _here.PublishAsync("four", 1000);
        await _there.UntilAsync(of => of.Newest == "1000.4", "the fourth");
        Assert.Equal("two", _there.Text);
        Assert.Equal("1000.1", (await _here.Orders.RollBackAsync(_here.Reading, null, null, default)).Version);
        await _there.UntilAsync("one");

        // Said in the other region.
        Assert.Equal("1000.4", (await _there.Orders.ResumeAsync(_there.Reading, null, default)).Version);
        await _here.UntilAsync("four");
        Assert.Null(_here.Reading.State.Pinned);
    }

    [Fact]
    public async Task Back_to_a_version_that_is_named_and_to_none_that_is_not_there()
    {
        await PublishedAsync("one", "two", "three");
        Assert.Equal("one", (await _here.Orders.RollBackAsync(_here.Reading, new(1000, 1), null, default)).Version is "1000.1" ? _here.Text : null);

        var none = await Assert.ThrowsAsync<PublicationOrderException>(() => _here.Orders.RollBackAsync(_here.Reading, null, null, default));
        Assert.Contains("no version of", none.Message, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<PublicationOrderException>(() => _here.Orders.RollBackAsync(_here.Reading, new(1000, 9), null, default));
        Assert.Equal("to: '1000.9' is not here; there are 1000.3, 1000.2, 1000.1.", unknown.Message);
        await Assert.ThrowsAsync<PublicationOrderException>(() => _here.Orders.RollBackAsync(_here.Reading, new(1000, 2), long.MaxValue, default));
        Assert.Equal("1000.1", (await _here.LookAsync()).Pinned);
    }

    [Fact]
    public async Task What_is_refused_is_nothing_to_go_back_to()
    {
        await PublishedAsync("one");
        await _here.PublishAsync("poison", 1000);
        await _here.PublishAsync("three", 1000);
        await _here.UntilAsync("three");
        // It was never looked at while a later one was there; now it is, and the one before it is in force.
        Assert.Equal("1000.1", (await _here.Orders.RollBackAsync(_here.Reading, null, null, default)).Version);
        await _there.UntilAsync("one");
    }

    [Fact]
    public async Task The_last_word_counts_whoever_takes_it_up_later()
    {
        await PublishedAsync("one", "two");
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await _here.Orders.ResumeAsync(_here.Reading, now, default);

        // The same call once more, and one that was given before.
        Assert.Equal("1000.2", (await _here.Orders.RollBackAsync(_here.Reading, null, now, default)).Version);
        Assert.Equal("1000.2", (await _here.Orders.RollBackAsync(_here.Reading, null, now - 1, default)).Version);

        // Two regions were told different things before they heard of each other.
        await _here.PutAsync(Pin(_here, "1000.1", now + 1));
        await _here.PutAsync(Pin(_there, null, now + 2));
        Assert.Null((await _here.LookAsync()).Pinned);
        Assert.Equal("two", _here.Text);
        await _here.PutAsync(Pin(_here, "1000.1", now + 3));
        Assert.Equal("1000.1", (await _here.LookAsync()).Pinned);
        await _there.UntilAsync("one");
    }

    [Theory]
    [InlineData("pin:other", 5, "1000.1")]
    [InlineData(null, 0, "1000.1")]
    [InlineData(null, long.MaxValue, "1000.1")]
    [InlineData(null, 5, "newest")]
    [InlineData(null, 5, "9223372036854775807.1")]
    [InlineData(null, 5, "1000.1.1")]
    public async Task A_word_that_nobody_can_have_said_does_not_count(string? id, long revision, string to)
    {
        await PublishedAsync("one", "two");
        var pin = Pin(_here, to, revision);
        await _here.PutAsync(pin with { Id = id ?? pin.Id });
        var state = await _here.LookAsync();
        Assert.Equal(("1000.2", null), (state.Version, state.Pinned));
        Assert.Single(state.Refused);
    }

    [Fact]
    public async Task What_is_pinned_but_gone_leaves_the_newest_below_it()
    {
        await PublishedAsync("one", "two", "three");
        await _here.PutAsync(Pin(_here, "1000.2", 5));
        await _here.Board.Container.DeleteItemAsync<object>(VersionDocument.IdOf(new(1000, 2)), new(_here.Name));
        Assert.Equal(("1000.1", "1000.2"), ((await _here.LookAsync()).Version, _here.Reading.State.Pinned));
    }

    [Fact]
    public async Task On_both_sides_of_a_partition_people_go_on_and_the_last_word_counts_afterwards()
    {
        await PublishedAsync("one", "two", "three");
        await _there.UntilAsync("three");
        await _planet.LinksAsync("down");
        try
        {
            await _here.Orders.RollBackAsync(_here.Reading, new(1000, 1), null, default);
            Assert.Equal("three", (await _there.LookAsync()).Version is "1000.3" ? _there.Text : null);
            await _there.Orders.RollBackAsync(_there.Reading, new(1000, 2), DateTimeOffset.UtcNow.AddSeconds(5).ToUnixTimeMilliseconds(), default);
            Assert.Equal(("one", "two"), (_here.Text, _there.Text));
        }
        finally
        {
            await _planet.LinksAsync("up");
        }

        await _here.UntilAsync("two");
        await _there.UntilAsync("two");
    }

    private static PinDocument Pin(PublicationBench bench, string? to, long revision) => new(
        PinDocument.IdOf(bench.Region.Name), bench.Name, PinDocument.PinKind, bench.Region.Name, revision, to, DateTimeOffset.UtcNow);

    private async Task PublishedAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            await _here.PublishAsync(text, 1000);
            await _here.UntilAsync(text);
        }

        await _there.UntilAsync(texts[^1]);
    }
}
