namespace Geode.Backplane.Tests.Query.Functions;

public sealed class DateTimeFunctionTests
{
    [Theory]
    [InlineData("DateTimeAdd('yyyy', 1, '2020-07-03T00:00:00.0000000')", "\"2021-07-03T00:00:00.0000000Z\"")]
    [InlineData("DateTimeAdd('mm', -1, '2020-07-03T00:00:00.0000000')", "\"2020-06-03T00:00:00.0000000Z\"")]
    [InlineData("DateTimeAdd('ss', 5 * -5, '2020-07-03T00:00:00.0000000')", "\"2020-07-02T23:59:35.0000000Z\"")]
    [InlineData("DateTimeAdd('ns', 250, '2020-07-03')", "\"2020-07-03T00:00:00.0000002Z\"")]
    [InlineData("DateTimeAdd('xx', 1, '2020-07-03')", "undefined")]
    [InlineData("DateTimeAdd('dd', 1.5, '2020-07-03')", "undefined")]
    [InlineData("DateTimeAdd('yyyy', 10000, '2020-07-03')", "undefined")]
    [InlineData("DateTimeAdd('dd', 1, 'yesterday')", "undefined")]
    [InlineData("DateTimeBin('2021-01-08T18:35:00.0000000', 'dd')", "\"2021-01-08T00:00:00.0000000Z\"")]
    [InlineData("DateTimeBin('2021-01-08T18:35:00.0000000', 'hh', 5)", "\"2021-01-08T15:00:00.0000000Z\"")]
    [InlineData("DateTimeBin('2021-01-08T18:35:00.0000000', 'dd', 7)", "\"2021-01-07T00:00:00.0000000Z\"")]
    [InlineData("DateTimeBin('2021-01-08T18:35:00.0000000', 'dd', 7, '1601-01-01T00:00:00.0000000')", "\"2021-01-04T00:00:00.0000000Z\"")]
    [InlineData("DateTimeBin('2021-01-08T18:35:00.0000000', 'dd', 0)", "undefined")]
    [InlineData("DateTimeBin('2021-01-08T18:35:00.0000000', 'yyyy')", "undefined")]
    [InlineData("DateTimeBin('2021-01-08', 'dd', 1, '1600-01-01')", "undefined")]
    [InlineData("DateTimeBin('1969-12-31T23:00:00', 'dd')", "\"1969-12-31T00:00:00.0000000Z\"")]
    [InlineData("DateTimeDiff('yyyy', '2019-02-04T16:00:00.0000000', '2018-03-05T05:00:00.0000000')", "-1")]
    [InlineData("DateTimeDiff('mm', '2018-03-05T05:00:00.0000000', '2019-02-04T16:00:00.0000000')", "11")]
    [InlineData("DateTimeDiff('hh', '2019-02-04T16:00:00.0000000', '2018-03-05T05:00:00.0000000')", "-8075")]
    [InlineData("DateTimeDiff('ss', '2018-03-05T05:00:00.0000000', '2019-02-04T16:00:00.0000000')", "29070000")]
    [InlineData("DateTimeFormat('2024-10-10 14:40:20', 'yyyyMMdd')", "\"20241010\"")]
    [InlineData("DateTimeFormat('2024-10-10 14:40:20', 'yyyy-MM-dd [HH:mm:ss]')", "\"2024-10-10 [14:40:20]\"")]
    [InlineData("DateTimeFormat('2024-10-10 14:40:20', 'To\\\\da\\\\y i\\\\s: yyyy-MM-ddTHH:mm:ss.fff')", "\"Today is: 2024-10-10T14:40:20.000\"")]
    [InlineData("DateTimeFormat('2024-10-10 14:40:20', 'ss.FFF')", "\"20.\"")]
    [InlineData("DateTimeFromParts(2017, 4, 20, 13, 15, 20, 3456789)", "\"2017-04-20T13:15:20.3456789Z\"")]
    [InlineData("DateTimeFromParts(2017, 4, 20, 13, 15)", "\"2017-04-20T13:15:00.0000000Z\"")]
    [InlineData("DateTimeFromParts(-2000, -1, -1)", "undefined")]
    [InlineData("DateTimePart('mcs', '2016-05-29T08:30:00.1301617')", "130161")]
    [InlineData("DateTimePart('ns', '2016-05-29T08:30:00.1301617')", "130161700")]
    [InlineData("DateTimePart('mi', '2016-05-29T08:30:00.1301617')", "30")]
    [InlineData("DateTimeToTicks('2015-05-19T12:00:00.0000000')", "14320368000000000")]
    [InlineData("DateTimeToTicks('2020-08-13T23:19:54.3002651Z')", "15973607943002651")]
    [InlineData("DateTimeToTimestamp('2015-05-19T12:00:00.0000000')", "1432036800000")]
    [InlineData("TicksToDateTime(15973607943002652)", "\"2020-08-13T23:19:54.3002652Z\"")]
    [InlineData("TicksToDateTime(-116444736000000000)", "\"1601-01-01T00:00:00.0000000Z\"")]
    [InlineData("TimestampToDateTime(1597360794300)", "\"2020-08-13T23:19:54.3000000Z\"")]
    [InlineData("TimestampToDateTime(9e18)", "undefined")]
    [InlineData("[YEAR('2016-05-29'), MONTH('2016-05-29'), DAY('2016-05-29')]", "[2016,5,29]")]
    public void Is_as_documented(string expression, string value) => Assert.Equal(value, Expressions.Value(expression));

    [Theory]
    [InlineData("GetCurrentDateTime()", "\"2024-10-14T14:20:30.6668888Z\"")]
    [InlineData("GetCurrentDateTimeStatic()", "\"2024-10-14T14:20:30.6668888Z\"")]
    [InlineData("GetCurrentTimestamp()", "1728915630666")]
    [InlineData("GetCurrentTicksStatic()", "17289156306668888")]
    [InlineData("NOW()", "\"2024-10-14T14:20:30.6668888Z\"")]
    [InlineData("NOW('ms', 4)", "\"2024-10-14T14:20:30.6708888Z\"")]
    [InlineData("AGO('yyyy', 1)", "\"2023-10-14T14:20:30.6668888Z\"")]
    [InlineData("AGO('ss', 30)", "\"2024-10-14T14:20:00.6668888Z\"")]
    public void Reads_the_clock(string expression, string value) =>
        Assert.Equal(value, Expressions.Value(expression, new StoppedClock(new DateTimeOffset(2024, 10, 14, 14, 20, 30, TimeSpan.Zero).AddTicks(6668888))));

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
