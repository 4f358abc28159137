using System.Text.Json;
using Geode.Service.Feeds;
using Geode.Service.Mesh;

namespace Geode.Service.Tests.Mesh;

public sealed class RecentChangesTests
{
    [Fact]
    public void Tells_a_version_once_also_after_a_move()
    {
        var recent = new RecentChanges();
        Assert.True(recent.Add(Version("a", "1")));
        Assert.False(recent.Add(Version("a", "1")));
        Assert.True(recent.Add(Version("a", "2")));

        var moved = RecentChanges.FromBytes(recent.ToBytes());
        Assert.False(moved.Add(Version("a", "1")));
        Assert.False(moved.Add(Version("a", "2")));
        Assert.True(moved.Add(Version("b", "1")));
    }

    [Fact]
    public void Stays_small()
    {
        var recent = new RecentChanges();
        for (var i = 0; i < 1000; i++)
            recent.Add(Version("a", $"{i}"));

        Assert.True(recent.ToBytes().Length <= 512);
        Assert.False(recent.Add(Version("a", "999")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(520)]
    public void Refuses_what_it_did_not_write(int length) => Assert.Throws<FormatException>(() => RecentChanges.FromBytes(new byte[length]));

    private static Change Version(string id, string etag) => new(JsonSerializer.SerializeToElement(new { id, _etag = etag }));
}
