namespace Geode.Personal.Tests;

public sealed class TasteModelTests
{
    [Fact]
    public void What_is_written_is_read_and_ranks_the_same()
    {
        var bytes = SmallWorld.Model.Write();
        var read = TasteModel.Read(bytes);

        Assert.Equal(bytes, read.Write());
        Assert.Equal(
            ForYou.Rank(SmallWorld.Model, SmallWorld.Liker("sql"), SmallWorld.Items, SmallWorld.Known, SmallWorld.End),
            ForYou.Rank(read, SmallWorld.Liker("sql"), SmallWorld.Items, SmallWorld.Known, SmallWorld.End));
    }
}
