using Geode.Cli.Traffic;

namespace Geode.Cli.Tests.Traffic;

public sealed class TrafficFileTests
{
    [Theory]
    [InlineData("tokyo", "t.csv, line 1: 'tokyo' is not a place and its requests")]
    [InlineData("tokyo,many", "t.csv, line 1: 'tokyo,many' is not a place and its requests")]
    [InlineData("tokyo,-1", "t.csv, line 1: 'tokyo,-1' is not a place and its requests")]
    [InlineData("atlantis,1", "t.csv, line 1: there is no place 'atlantis'")]
    [InlineData("", "t.csv has no requests")]
    [InlineData("tokyo,0", "t.csv has no requests")]
    public void Traffic_that_is_wrong_is_refused_in_one_line(string line, string fault) =>
        Assert.StartsWith(fault, Assert.Throws<CliException>(() => TrafficFile.Parse([line], "t.csv")).Message);

    [Fact]
    public void Requests_of_a_place_are_added_up_and_become_shares() =>
        Assert.Equal([("saopaulo", 0.75), ("tokyo", 0.25)], TrafficFile.Parse(["tokyo,10", "São Paulo,20", "saopaulo,10"], "t.csv").Select(u => (u.Place.Name, u.Share)));
}
