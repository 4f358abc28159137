using Geode.Router.Tenants;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Tenants;

public sealed class TenantTableTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void What_was_said_holds_for_half_a_minute_after_it_was_last_confirmed()
    {
        var table = new TenantTable(_time);
        Assert.Null(table.Find("acme"));
        table.Confirm("acme", "eu", Now);
        _time.Advance(29_000);
        Assert.Equal("eu", table.Find("acme"));

        table.Confirm("acme", "eu", Now);
        _time.Advance(29_000);
        Assert.Equal("eu", table.Find("acme"));
        _time.Advance(1_000);
        Assert.Null(table.Find("acme"));

        table.Confirm("acme", "us", Now);
        Assert.Equal("us", table.Find("acme"));
    }

    [Fact]
    public void A_correction_overrides_whatever_was_known()
    {
        var table = new TenantTable(_time);
        table.Confirm("acme", "eu", Now);
        table.Correct("acme", "us");
        Assert.Equal("us", table.Find("acme"));
        table.Correct("acme", "eu");
        Assert.Equal("eu", table.Find("acme"));
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void An_answer_to_a_request_from_before_a_correction_does_not_undo_it()
    {
        var table = new TenantTable(_time);
        var before = Now;
        _time.Advance(10);
        table.Correct("acme", "us");
        table.Confirm("acme", "eu", before);
        Assert.Equal("us", table.Find("acme"));

        _time.Advance(10);
        table.Confirm("acme", "eu", Now);
        Assert.Equal("eu", table.Find("acme"));
    }

    [Fact]
    public void It_holds_no_more_than_it_may_and_the_longest_unused_go_first()
    {
        var table = new TenantTable(_time, most: 100);
        for (var i = 0; i < 1_000; i++)
        {
            _time.Advance(1);
            table.Confirm($"t{i}", "eu", Now);
            table.Confirm("t0", "eu", Now);
            Assert.InRange(table.Count, 1, 100);
            Assert.Equal("eu", table.Find("t0"));
            Assert.Equal("eu", table.Find($"t{i}"));
        }

        Assert.Null(table.Find("t1"));
        Assert.Null(table.Find("t899"));
        Assert.Equal("eu", table.Find("t950"));
    }

    [Fact]
    public async Task It_holds_no_more_than_it_may_whoever_asks_at_the_same_time()
    {
        var table = new TenantTable(_time, most: 50);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                table.Confirm($"t{i % 200}", worker % 2 == 0 ? "eu" : "us", Now);
                Assert.InRange(table.Count, 1, 50);
            }
        })));
        Assert.Equal(table.Count, Enumerable.Range(0, 200).Count(i => table.Find($"t{i}") is not null));
    }

    private long Now => _time.GetTimestamp();
}
