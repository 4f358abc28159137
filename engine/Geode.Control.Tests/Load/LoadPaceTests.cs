using Geode.Control.Load;
using Geode.Foresight.Profiles;
using Geode.TestKit;

namespace Geode.Control.Tests.Load;

public class LoadPaceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Without_a_day_cities_ask_by_their_clients_and_always_the_same()
    {
        var pace = Pace(new(3, 30, null, ["amsterdam", "singapore"]));
        Assert.Equal(20, pace.RateOf(City("amsterdam")));
        _time.Advance(TimeSpan.FromHours(7));
        Assert.Equal(20, pace.RateOf(City("amsterdam")));
        Assert.Equal(10, pace.RateOf(City("singapore")));
        Assert.Null(Seen(pace).Day);
        Assert.All(Seen(pace).Cities!, c => Assert.Null(c.LocalTime));
    }

    [Fact]
    public void The_load_follows_the_sun_around_the_globe()
    {
        var pace = Pace(new(3, 300, null, ["singapore", "lagos", "mexicocity"], new(24, "00:00")));
        var busiest = new List<string>();
        for (var minute = 0; minute < 24; minute++)
        {
            if (Seen(pace).Cities!.MaxBy(c => c.RequestsPerSecond)!.Place is var place && place != busiest.LastOrDefault())
                busiest.Add(place);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["mexicocity", "singapore", "lagos", "mexicocity"], busiest);
    }

    [Fact]
    public void A_day_has_as_many_requests_as_one_without_hours()
    {
        var pace = Pace(new(1, 10, null, ["tokyo"], new(24, null)));
        var sum = 0.0;
        for (var i = 0; i < 1440; i++)
        {
            sum += pace.RateOf(City("tokyo"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(10, sum / 1440, 3);
    }

    [Fact]
    public void The_view_says_what_time_it_is_where()
    {
        var pace = Pace(new(2, 20, null, ["london", "tokyo"], new(24, "06:00")));
        _time.Advance(TimeSpan.FromMinutes(4.5));

        var view = Seen(pace);

        Assert.Equal(new(24, "10:30", 22.5), view.Day);
        var tokyo = view.Cities![1];
        Assert.Equal("19:48", tokyo.LocalTime);
        var expected = DayProfile.Factor(DayProfile.LocalHour(10.5, City("tokyo").Location.Longitude));
        Assert.Equal(expected, tokyo.Factor, 3);
        Assert.Equal(10 * expected, tokyo.RequestsPerSecond, 2);
    }

    [Fact]
    public void A_surge_rises_in_ten_seconds_in_its_city_alone_and_ends()
    {
        var pace = Pace(new(2, 20, null, ["london", "tokyo"], null, new("london", 10, 60)));
        var rates = new List<double>();
        foreach (var seconds in (int[])[0, 5, 5, 49, 1])
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            rates.Add(pace.RateOf(City("london")));
            Assert.Equal(10, pace.RateOf(City("tokyo")));
        }

        Assert.Equal([10, 55, 100, 100, 10], rates);
        Assert.Null(Seen(pace).Surge);
        Assert.Equal(1, pace.MostOf(City("london")));
    }

    [Fact]
    public void A_surge_comes_on_top_of_the_hour_and_a_new_one_takes_its_place()
    {
        var pace = Pace(new(1, 10, null, ["london"], new(1440, "20:00"), new("london", 10, 60)));
        var evening = DayProfile.Factor(DayProfile.LocalHour(20, City("london").Location.Longitude));
        pace.Surge(new("london", 4, TimeSpan.FromSeconds(30)));
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(40 * evening, pace.RateOf(City("london")), 1);
        Assert.Equal(new("london", 4, 10), Seen(pace).Surge);
        Assert.Equal(4 * DayProfile.Bound, pace.MostOf(City("london")));
    }

    [Fact]
    public void Fewer_clients_than_places_live_in_the_first_ones()
    {
        var settings = new LoadRequest(2, 20, null, ["london", "tokyo", "lagos"]).Complete();
        Assert.Equal(["london", "tokyo"], settings.Cities.Select(c => c.Name));
        Assert.All(settings.Cities, c => Assert.Equal(1, settings.ClientsIn(c)));
    }

    private LoadPace Pace(LoadRequest request) => new(request.Complete(), _time);

    private LoadView Seen(LoadPace pace) => pace.Seen(new(_time.GetUtcNow(), 1, 0, 0, 0, 0, 0, []));

    private static Topology.Place City(string name) => Topology.Places.Find(name)!;
}
