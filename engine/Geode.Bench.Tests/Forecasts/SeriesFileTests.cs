using Geode.Bench.Forecasts;
using Geode.TestKit;

namespace Geode.Bench.Tests.Forecasts;

public sealed class SeriesFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("minute,requests\n0,5\n1,6.5\n3,0\n")]
    [InlineData("0,5\r\n1 , 6.5\r\n\r\n3,0")]
    [InlineData("\"minute\",\"requests\"\n0,5\n1,65e-1\n3,0")]
    public void Two_columns_with_or_without_heading(string text)
    {
        var series = SeriesFile.Read(File(text));
        Assert.Equal([0, 1, 3], series.Steps);
        Assert.Equal([5, 6.5, 0], series.Values);
        Assert.Equal([5, 6.5, 6.5, 0], series.Filled());
    }

    [Theory]
    [InlineData("", "holds no values")]
    [InlineData("minute,requests\n", "holds no values")]
    [InlineData("minute,requests\n0,5\nx,6", "line 3: 'x,6' is not a step")]
    [InlineData("0,5\n1", "line 2: '1' is not a step")]
    [InlineData("0,5,6", "line 1: '0,5,6' is not a step")]
    [InlineData("0,5\n1,-2", "line 2: '1,-2' is not a step (a whole number) and a value (a number, 0 or more)")]
    [InlineData("0,5\n1,NaN", "line 2: '1,NaN'")]
    [InlineData("0,5\n1,1e999", "line 2: '1,1e999'")]
    [InlineData("0,5\n1.5,2", "line 2: '1.5,2'")]
    [InlineData("0,5\n0,6", "line 2: step 0 does not come after step 0")]
    [InlineData("0,5\n1600000000,6", "line 2: step 1600000000 is more than 50000000 after the first")]
    public void What_is_wrong_is_named_with_its_line(string text, string message)
    {
        var file = File(text);
        var thrown = Assert.Throws<BenchException>(() => SeriesFile.Read(file)).Message;
        Assert.Contains(message, thrown, StringComparison.Ordinal);
        Assert.Contains(file, thrown, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', thrown);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var file = Path.Combine(_folder.Path, "none.csv");
        Assert.Contains(file, Assert.Throws<BenchException>(() => SeriesFile.Read(file)).Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, Assert.Throws<BenchException>(() => SeriesFile.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0,9\n1,8", new long[] { 0, 1, 3, 4, 5 })]
    [InlineData("4,9\n5,8", new long[] { 0, 1, 3, 4, 5 })]
    [InlineData("7,9\n9,8", new long[] { 0, 1, 3, 7, 9 })]
    [InlineData("3,9\n4,8", new long[] { 0, 1, 3, 4, 5 })]
    public void A_second_file_goes_on_where_it_says_or_right_after_the_first(string second, long[] steps) =>
        Assert.Equal(steps, SeriesFile.Read(File("0,5\n1,6\n3,0")).Then(SeriesFile.Read(File(second))).Steps);

    private string File(string text)
    {
        var path = Path.Combine(_folder.Path, Path.GetRandomFileName());
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
