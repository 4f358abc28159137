using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Syntax;

public sealed class ParsedQueryCacheTests
{
    [Fact]
    public void A_text_is_parsed_once()
    {
        var cache = new ParsedQueryCache();
        Assert.Same(cache.Parse("SELECT 1"), cache.Parse("SELECT 1"));
    }

    [Fact]
    public void The_least_recently_used_goes_first()
    {
        var cache = new ParsedQueryCache(capacity: 2);
        var first = cache.Parse("SELECT 1");
        var second = cache.Parse("SELECT 2");
        Assert.Same(first, cache.Parse("SELECT 1"));
        cache.Parse("SELECT 3");

        Assert.Equal(2, cache.Count);
        Assert.Same(first, cache.Parse("SELECT 1"));
        Assert.NotSame(second, cache.Parse("SELECT 2"));
    }

    [Fact]
    public void Errors_and_long_texts_are_not_kept()
    {
        var cache = new ParsedQueryCache();
        Assert.Throws<SqlQueryException>(() => cache.Parse("SELECT"));
        cache.Parse($"SELECT '{new string('x', ParsedQueryCache.MaxCachedLength)}'");
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task Many_may_use_it_at_once()
    {
        var cache = new ParsedQueryCache(capacity: 10);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var text = $"SELECT {(i * (worker + 1)) % 25}";
                Assert.Equal(text, SqlWriter.Write(cache.Parse(text)));
            }
        })));
        Assert.Equal(10, cache.Count);
    }
}
