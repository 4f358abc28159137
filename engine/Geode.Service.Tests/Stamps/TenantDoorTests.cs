using Geode.Service.Stamps;

namespace Geode.Service.Tests.Stamps;

public sealed class TenantDoorTests
{
    private readonly TenantDoor _door = new();

    [Fact]
    public void Without_a_charter_nobody_comes_in_and_nothing_is_kept()
    {
        Assert.False(_door.TryEnter(writes: false));
        Assert.Null(_door.Kept);
    }

    [Fact]
    public void A_pause_is_kept_once_writers_from_before_are_out_and_readers_come_in_all_the_same()
    {
        _door.Apply(new("a", CharterStates.Here, 1));
        Assert.True(_door.TryEnter(writes: true));
        Assert.True(_door.TryEnter(writes: false));

        _door.Apply(new("a", CharterStates.Paused, 2));
        Assert.False(_door.TryEnter(writes: true));
        Assert.True(_door.TryEnter(writes: false));
        Assert.Null(_door.Kept);

        _door.Leave(writes: true);
        Assert.Equal(2, _door.Kept);
    }

    [Fact]
    public void A_closed_door_is_kept_once_everybody_is_out()
    {
        _door.Apply(new("a", CharterStates.Here, 1));
        Assert.True(_door.TryEnter(writes: false));

        _door.Apply(new("a", CharterStates.Closed, 2));
        Assert.False(_door.TryEnter(writes: false));
        Assert.Null(_door.Kept);

        _door.Leave(writes: false);
        Assert.Equal(2, _door.Kept);
    }

    [Fact]
    public void An_older_charter_that_comes_late_changes_nothing()
    {
        Assert.True(_door.Apply(new("a", CharterStates.Left, 5, To: "b")));
        Assert.False(_door.Apply(new("a", CharterStates.Here, 4)));
        Assert.False(_door.Apply(new("a", CharterStates.Here, 5)));

        Assert.Equal(CharterStates.Left, _door.Charter?.State);
    }

    [Fact]
    public void Who_waits_for_a_change_is_told()
    {
        _door.Apply(new("a", CharterStates.Closed, 1));
        var changed = _door.Changed;
        Assert.False(changed.IsCompleted);

        _door.Apply(new("a", CharterStates.Here, 2));
        Assert.True(changed.IsCompleted);
        Assert.False(_door.Changed.IsCompleted);
    }
}
