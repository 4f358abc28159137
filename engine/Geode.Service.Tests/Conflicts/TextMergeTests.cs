using FsCheck;
using FsCheck.Fluent;
using Geode.Service.Conflicts;

namespace Geode.Service.Tests.Conflicts;

public sealed class TextMergeTests
{
    [Theory]
    [InlineData("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC")]
    [InlineData("a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd")]
    [InlineData("a\nb", "x\na\nb", "a\nb\ny", "x\na\nb\ny")]
    [InlineData("a", "b", "b", "b")]
    [InlineData("a\nb\nc", "a\nx\nc", "a\ny\nc", "a\nx\n---\ny\nc")]
    [InlineData("a", "x", "y", "x\n---\ny")]
    public void Keeps_what_either_changed(string start, string one, string other, string merged)
    {
        Assert.Equal(merged, TextMerge.Merge(start, one, other));
        Assert.Equal(merged, TextMerge.Merge(start, other, one));
    }

    [Fact]
    public void Who_changed_nothing_decides_nothing() =>
        Prop.ForAll(Texts(), Texts(), (start, one) =>
            TextMerge.Merge(start, one, start) == one && TextMerge.Merge(start, start, one) == one).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_does_not_matter_and_no_added_line_is_lost() =>
        Prop.ForAll(Texts(), Texts(), Texts(), (start, one, other) =>
        {
            var merged = TextMerge.Merge(start, one, other);
            var lines = merged.Split('\n').ToHashSet();
            return merged == TextMerge.Merge(start, other, one)
                && one.Split('\n').Concat(other.Split('\n')).Except(start.Split('\n')).All(lines.Contains);
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<string> Texts() =>
        Gen.Elements("a", "b", "c", "d", "").ListOf().Select(lines => string.Join('\n', lines)).ToArbitrary();
}
