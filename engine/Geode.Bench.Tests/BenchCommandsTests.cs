using Geode.Bench.Commands;
using Geode.Bench.Workloads;

namespace Geode.Bench.Tests;

public sealed class BenchCommandsTests
{
    [Theory]
    [InlineData("backplane")]
    [InlineData("backplane --seconds 3 --concurrency 1,16 --only point-read,create --endpoint http://127.0.0.1:8081/ --json out.json")]
    [InlineData("start --runs 1 --items 10")]
    [InlineData("memory --items 1000")]
    [InlineData("vectors --items 5000 --dimensions 32 --queries 50 --only flat,diskANN --hard")]
    [InlineData("visibility --delay 0 --writes 1")]
    [InlineData("forecast --train a.csv --test b.csv --horizons 1,5,10,30,60 --json")]
    [InlineData("forecast --json --train a.csv --test b.csv")]
    [InlineData("forecast --train a.csv --test b.csv --json out.json --steps-per-day 288")]
    [InlineData("personal")]
    [InlineData("personal --events ratings.csv --seed 7 --json")]
    [InlineData("crash --times 50 --seed 7")]
    [InlineData("regions --minutes 10 --delay 20 --seed 7")]
    [InlineData("surge")]
    [InlineData("surge --mode act --kill-steward --factor 10 --seconds 60 --requests 12 --json out.json")]
    [InlineData("day --mode act --minutes 6 --requests 24 --target-ms 250 --json out.json")]
    [InlineData("day")]
    [InlineData("anomalies --folder traces --json")]
    [InlineData("null-server --urls http://127.0.0.1:8089")]
    public void Good_arguments_are_taken(string line) => Assert.Empty(BenchCommands.Root().Parse(line).Errors);

    [Fact]
    public void Lists_default_to_everything_and_take_commas_and_blanks()
    {
        var bare = BenchCommands.Root().Parse("backplane");
        Assert.Equal(Workload.All.Select(w => w.Name), bare.GetRequiredValue<string[]>("--only"));
        Assert.Equal(["1", "16", "64"], bare.GetRequiredValue<string[]>("--concurrency"));

        var given = BenchCommands.Root().Parse(["backplane", "--only", "create, patch", "--concurrency", "4", "--endpoint", "http://127.0.0.1:8081/"]);
        Assert.Equal(["create", "patch"], given.GetRequiredValue<string[]>("--only"));
        Assert.Equal(["4"], given.GetRequiredValue<string[]>("--concurrency"));
        Assert.Equal("http://127.0.0.1:8081/", given.GetValue<string>("--endpoint"));
    }

    [Theory]
    [InlineData("backplane --seconds x", "--seconds is a whole number from 1 to 600, not 'x'.")]
    [InlineData("backplane --seconds 0", "--seconds is a whole number from 1 to 600, not '0'.")]
    [InlineData("backplane --concurrency 1,0", "--concurrency does not know '0'. Any of: 1 to 512.")]
    [InlineData("backplane --only pointread", "--only does not know 'pointread'. Any of: point-read, create")]
    [InlineData("backplane --only ,", "--only needs at least one of: point-read, create")]
    [InlineData("backplane --endpoint 127.0.0.1", "--endpoint is an address like http://127.0.0.1:8081/, not '127.0.0.1'.")]
    [InlineData("backplane --durability maybe", "maybe")]
    [InlineData("forecast --test b.csv", "'--train' is required")]
    [InlineData("forecast --train a.csv", "'--test' is required")]
    [InlineData("forecast --train a.csv --test b.csv --horizons 0,5", "--horizons does not know '0'. Any of: 1 to 1440.")]
    [InlineData("forecast --train a.csv --test b.csv --horizons 5,x", "--horizons does not know 'x'.")]
    [InlineData("forecast --train a.csv --test b.csv --steps-per-day 0", "--steps-per-day is a whole number from 1 to 86400, not '0'.")]
    [InlineData("personal --seed -1", "--seed is a whole number from 0 to 2147483647, not '-1'.")]
    [InlineData("anomalies", "--folder")]
    [InlineData("surge --mode observe", "'observe' not recognized")]
    [InlineData("surge --factor 1", "--factor is a whole number from 2 to 100, not '1'.")]
    [InlineData("surge --seconds 5", "--seconds is a whole number from 20 to 3600, not '5'.")]
    [InlineData("day --minutes 2", "--minutes is a whole number from 3 to 1440, not '2'.")]
    [InlineData("day --mode observe", "'observe' not recognized")]
    [InlineData("memory --items 5", "--items is a whole number from 1000 to 10000000, not '5'.")]
    public void Wrong_arguments_are_named_with_what_is_allowed(string line, string message) =>
        Assert.Contains(BenchCommands.Root().Parse(line).Errors, e => e.Message.Contains(message, StringComparison.Ordinal));
}
