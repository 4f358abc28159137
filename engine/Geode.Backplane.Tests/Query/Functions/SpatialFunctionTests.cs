using System.Globalization;

namespace Geode.Backplane.Tests.Query.Functions;

public sealed class SpatialFunctionTests
{
    private const string Square = "{'type':'Polygon','coordinates':[[[31.8,-5],[32,-5],[32,-4.7],[31.8,-4.7],[31.8,-5]]]}";
    private const string SquareWithHole = "{'type':'Polygon','coordinates':[[[0,0],[3,0],[3,3],[0,3],[0,0]],[[1,1],[2,1],[2,2],[1,2],[1,1]]]}";
    private const string Clockwise = "{'type':'Polygon','coordinates':[[[31.8,-5],[31.8,-4.7],[32,-4.7],[32,-5],[31.8,-5]]]}";
    private const string AroundThePole = "{'type':'Polygon','coordinates':[[[0,80],[90,80],[180,80],[-90,80],[0,80]]]}";

    [Theory]
    [InlineData(-122.12826822304672, 47.63980239335718, 3345.269817267368)]
    [InlineData(-96.84368664765994, 46.81297794314663, 1907438.421299902)]
    public void Measures_documented_distances_to_a_tenth_of_a_millimetre(double longitude, double latitude, double metres) =>
        Assert.Equal(metres, Number($"ST_DISTANCE({Point(longitude, latitude)}, {Point(-122.11758113953535, 47.66901087006131)})"), 1e-4);

    [Fact]
    public void Measures_the_documented_area() => Assert.Equal(735970283.0522614, Number($"ST_AREA({Square})"), 0.1);

    [Fact]
    public void Measures_what_is_known_of_the_whole_earth()
    {
        Assert.Equal(10_001_965.729, Number($"ST_DISTANCE({Point(0, 0)}, {Point(0, 90)})"), 1e-2);
        Assert.Equal(20_003_931.459, Number($"ST_DISTANCE({Point(0, 90)}, {Point(0, -90)})"), 1e-2);
        Assert.Equal(510_065_621_724_088, Number($"ST_AREA({Square}) + ST_AREA({Clockwise})"), 1e3);
        Assert.Equal("true", Expressions.Value($"ST_WITHIN({Point(10, 89)}, {AroundThePole})"));
        Assert.Equal("false", Expressions.Value($"ST_WITHIN({Point(10, -89)}, {AroundThePole})"));
    }

    [Theory]
    [InlineData(31.9, -4.9, Square, "true")]
    [InlineData(31.7, -4.9, Square, "false")]
    [InlineData(31.9, -4.9, Clockwise, "false")]
    [InlineData(0, 50, Clockwise, "true")]
    [InlineData(1.5, 1.5, SquareWithHole, "false")]
    [InlineData(0.5, 1.5, SquareWithHole, "true")]
    public void Finds_points_within_polygons(double longitude, double latitude, string polygon, string expected)
    {
        Assert.Equal(expected, Expressions.Value($"ST_WITHIN({Point(longitude, latitude)}, {polygon})"));
        Assert.Equal(expected, Expressions.Value($"ST_INTERSECTS({Point(longitude, latitude)}, {polygon})"));
    }

    [Theory]
    [InlineData("{'type':'LineString','coordinates':[[-1,1.5],[4,1.5]]}", "true", "false")]
    [InlineData("{'type':'LineString','coordinates':[[0.2,0.2],[0.8,2.8]]}", "true", "true")]
    [InlineData("{'type':'LineString','coordinates':[[1.2,1.2],[1.8,1.8]]}", "false", "false")]
    [InlineData("{'type':'Polygon','coordinates':[[[0.5,0.5],[2.5,0.5],[2.5,2.5],[0.5,2.5],[0.5,0.5]]]}", "true", "false")]
    [InlineData("{'type':'MultiPolygon','coordinates':[[[[10,0],[11,0],[11,1],[10,0]]]]}", "false", "false")]
    public void Relates_shapes(string shape, string intersects, string within)
    {
        Assert.Equal(intersects, Expressions.Value($"ST_INTERSECTS({shape}, {SquareWithHole})"));
        Assert.Equal(within, Expressions.Value($"ST_WITHIN({shape}, {SquareWithHole})"));
    }

    [Theory]
    [InlineData(Square, Square, "true")]
    [InlineData(Clockwise, Clockwise, "true")]
    [InlineData(SquareWithHole, SquareWithHole, "true")]
    [InlineData(AroundThePole, AroundThePole, "true")]
    [InlineData(Square, Clockwise, "false")]
    [InlineData(Clockwise, Square, "false")]
    [InlineData("{'type':'MultiPolygon','coordinates':[[[[20,20],[20,21],[21,21],[21,20],[20,20]]]]}", "{'type':'MultiPolygon','coordinates':[[[[20,20],[20,21],[21,21],[21,20],[20,20]]]]}", "true")]
    // Half of the square, and the square with a notch and what would fill it.
    [InlineData("{'type':'Polygon','coordinates':[[[31.8,-5],[32,-5],[32,-4.7],[31.8,-5]]]}", Square, "true")]
    [InlineData(Square, "{'type':'Polygon','coordinates':[[[31.8,-5],[32,-5],[32,-4.7],[31.8,-5]]]}", "false")]
    [InlineData("{'type':'Polygon','coordinates':[[[0,0],[2,0],[1,1],[0,0]]]}", "{'type':'Polygon','coordinates':[[[0,0],[1,1],[2,0],[2,3],[0,3],[0,0]]]}", "false")]
    [InlineData("{'type':'Polygon','coordinates':[[[1,1],[2,1],[2,2],[1,2],[1,1]]]}", SquareWithHole, "false")]
    [InlineData("{'type':'LineString','coordinates':[[31.8,-5],[32,-4.7]]}", Square, "true")]
    [InlineData("{'type':'LineString','coordinates':[[31.8,-5],[32,-5]]}", Square, "false")]
    [InlineData("{'type':'LineString','coordinates':[[31.8,-5],[31.9,-5.1]]}", Square, "false")]
    public void What_touches_the_border_may_lie_within(string shape, string polygon, string within) =>
        Assert.Equal(within, Expressions.Value($"ST_WITHIN({shape}, {polygon})"));

    [Fact]
    public void Measures_to_the_nearest_point_of_a_shape()
    {
        var toEdge = Number($"ST_DISTANCE({Point(4, 1.5)}, {SquareWithHole})");
        Assert.Equal(Number($"ST_DISTANCE({Point(4, 1.5)}, {Point(3, 1.5003)})"), toEdge, 50.0);
        Assert.Equal(0, Number($"ST_DISTANCE({Point(0.5, 0.5)}, {SquareWithHole})"));
    }

    [Theory]
    [InlineData("ST_ISVALID({'type':'Point','coordinates':[-84.38876194345323,33.75682784306348]})", "true")]
    [InlineData("ST_ISVALID({'type':'Point','coordinates':[133.75682784306348,-184.38876194345323]})", "false")]
    [InlineData("ST_ISVALID({'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,1]]]})", "false")]
    [InlineData("ST_ISVALID(5)", "false")]
    [InlineData("ST_ISVALIDDETAILED({'type':'Point','coordinates':[1,2]})", "{\"valid\":true}")]
    [InlineData(
        "ST_ISVALIDDETAILED({'type':'Point','coordinates':[133.75682784306348,-184.38876194345323]})",
        "{\"valid\":false,\"reason\":\"Latitude values must be between -90 and 90 degrees.\"}")]
    [InlineData("ST_DISTANCE({'type':'Point','coordinates':[1,2]}, 'here')", "undefined")]
    public void Validates(string expression, string value) => Assert.Equal(value, Expressions.Value(expression));

    private static string Point(double longitude, double latitude) =>
        string.Create(CultureInfo.InvariantCulture, $"{{'type':'Point','coordinates':[{longitude},{latitude}]}}");

    private static double Number(string expression) => double.Parse(Expressions.Value(expression), CultureInfo.InvariantCulture);
}
