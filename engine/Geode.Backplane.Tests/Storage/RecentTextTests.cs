using System.Text;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Tests.Storage;

public sealed class RecentTextTests
{
    [Fact]
    public void Is_what_the_bytes_say_however_many_others_came_between()
    {
        foreach (var text in Enumerable.Range(0, 1_000).Select(i => $"[\"{i}é\"]").Concat(["", "[]", "a", "b"]).ToArray())
            Assert.Equal(text, RecentText.Of(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void What_comes_again_is_the_same_string() => Assert.Same(RecentText.Of("[\"a\"]"u8), RecentText.Of("[\"a\"]"u8));
}
