using Geode.Cli.Simulation.Load;
using Geode.Topology;

namespace Geode.Cli.Tests.Simulation.Load;

public sealed class LoadTests
{
    [Theory]
    [InlineData("", "has no minutes")]
    [InlineData("minute,requests", "has no minutes")]
    [InlineData("minute,requests\n0,x", "line 2: '0,x' is not a minute and its requests")]
    [InlineData("minute,requests\n0,-1", "line 2: '0,-1' is not")]
    [InlineData("minute,requests\n0,NaN", "line 2: '0,NaN' is not")]
    [InlineData("minute,requests\n0;1", "line 2: '0;1' is not")]
    [InlineData("minute,requests\n0,1\n0,1", "line 3: minute 0 is there twice")]
    [InlineData("minute,requests\n0,1\n99999999,1", "spans 100000000 minutes")]
    [InlineData("minute,requests\n0,0\n1,0", "has no requests at all")]
    public void A_bad_trace_is_refused_in_one_line(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<CliException>(() => TraceFile.Parse(text.Split('\n'), "trace.csv")).Message);

    [Fact]
    public void Minutes_that_are_left_out_have_no_requests()
    {
        var trace = TraceFile.Parse(["minute,requests", "12,5", "10,3", ""], "trace.csv");
        Assert.Equal(10, trace.FirstMinute);
        Assert.Equal([3, 0, 5], trace.Requests);
    }

    [Fact]
    public void A_trace_is_spread_over_places_and_its_minutes()
    {
        var (load, rates) = (new TraceLoad(new(0, [60, 600]), 2, 10, TimeSpan.FromMinutes(1)), new double[2]);
        load.Rates(TimeSpan.FromSeconds(59), rates);
        Assert.Equal([5, 5], rates);
        load.Rates(TimeSpan.FromSeconds(60), rates);
        Assert.Equal([50, 50], rates);
        Assert.Equal(TimeSpan.FromMinutes(2), load.Length);
    }

    [Fact]
    public void The_sun_makes_each_place_busiest_at_three_in_its_own_afternoon()
    {
        var places = Places.All.ToArray();
        var load = new SunLoad(places, 1000, TimeSpan.FromHours(24), TimeSpan.FromDays(1));
        var (rates, most, sums) = (new double[places.Length], new (double Rate, double Hour)[places.Length], new List<double>());
        for (var minute = 0; minute < 1440; minute++)
        {
            load.Rates(TimeSpan.FromMinutes(minute), rates);
            sums.Add(rates.Sum());
            for (var place = 0; place < places.Length; place++)
                if (rates[place] > most[place].Rate)
                    most[place] = (rates[place], minute / 60.0);
        }

        Assert.Equal(1000, sums.Max(), 6);
        for (var place = 0; place < places.Length; place++)
        {
            var local = (most[place].Hour + places[place].Location.Longitude / 15 + 24) % 24;
            Assert.InRange(local, 14.9, 15.1);
        }
    }
}
