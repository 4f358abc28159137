using Geode.Service.Publications;

namespace Geode.Service.Tests.Publications;

/// <summary>Whoever uses a publication while another version takes over has the one or the other.</summary>
[Collection(ShoppingPlanetCollection.Name)]
public sealed class PublishedTests(ShoppingPlanet planet)
{
    private const int Length = 20_000;

    [Fact]
    public async Task No_reader_ever_sees_a_version_that_is_half_made_or_goes_back()
    {
        using var here = new PublicationBench(planet, PublicationBench.NewName(), planet.Here);
        using var end = new CancellationTokenSource();
        var seen = new HashSet<int>();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var last = 0;
            for (var look = 1; !end.IsCancellationRequested; look++)
            {
                // Others are to have the processor too.
                if (look % 100 == 0)
                    await Task.Delay(1);
                if (here.Published.Current is not { } current)
                    continue;
                // The text says of which version it is, again and again.
                var number = current.Version.Number;
                if (number < last || current.Value.Text.Length != Length || current.Value.Text.AsSpan().ContainsAnyExcept((char)('a' + number)))
                    return (number, last);
                last = number;
                lock (seen)
                    seen.Add(number);
            }

            return (0, 0);
        })).ToList();

        for (var number = 1; number <= 20; number++)
        {
            await here.PublishAsync(new string((char)('a' + number), Length), 1000);
            await here.LookAsync();
            await ShoppingPlanet.EventuallyAsync(() => Task.FromResult(Contains(number)), $"version {number} is used");
        }

        await end.CancelAsync();
        Assert.All(await Task.WhenAll(readers), wrong => Assert.Equal((0, 0), wrong));

        bool Contains(int number)
        {
            lock (seen)
                return seen.Contains(number);
        }
    }

    [Theory]
    [InlineData("1003.7", 1003, 7)]
    [InlineData("1.1", 1, 1)]
    [InlineData("9223372036854775807.2147483647", long.MaxValue, int.MaxValue)]
    public void A_version_is_read_as_it_is_written(string text, long fence, int number)
    {
        Assert.True(PublicationVersion.TryParse(text, out var version));
        Assert.Equal(new(fence, number), version);
        Assert.Equal(text, version.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1003")]
    [InlineData("1003.")]
    [InlineData(".7")]
    [InlineData("1003.7.1")]
    [InlineData("-1.7")]
    [InlineData("0.7")]
    [InlineData("1003.0")]
    [InlineData(" 1003.7")]
    [InlineData("1003,7")]
    [InlineData("9223372036854775808.1")]
    [InlineData("1.2147483648")]
    public void What_is_no_version_is_not_read_as_one(string? text) => Assert.False(PublicationVersion.TryParse(text, out _));

    [Fact]
    public void Versions_are_ordered_by_fence_and_then_by_number()
    {
        PublicationVersion[] sorted = [new(1000, 9), new(1000, 10), new(1001, 1), new(2000, 1)];
        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.True(sorted[0] < sorted[1] && sorted[2] > sorted[1] && sorted[2] <= sorted[3] && sorted[3] >= sorted[3]);
    }
}
