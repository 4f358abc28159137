using System.Globalization;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>
/// Dates and times as strings: read as yyyy-MM-dd, optionally with Z or with a T or a space and HH:mm:ss, up to seven digits of
/// a second and Z; written with all of it. Always UTC.
/// </summary>
internal static class IsoDateTime
{
    private const int DateLength = 10;
    private const int SecondsLength = 19;
    private const int MostDigits = 7;

    public static bool TryParse(string text, out DateTime value)
    {
        value = default;
        var span = text.AsSpan();
        if (span.EndsWith("Z"))
        {
            span = span[..^1];
        }

        if (span.Length < DateLength || !Digits(span, 0, 4, out var year) || span[4] != '-' || !Digits(span, 5, 2, out var month)
            || span[7] != '-' || !Digits(span, 8, 2, out var day))
        {
            return false;
        }

        int hour = 0, minute = 0, second = 0, fraction = 0;
        if (span.Length > DateLength && !TryTime(span, out hour, out minute, out second, out fraction))
        {
            return false;
        }

        return TryCreate(year, month, day, hour, minute, second, fraction, out value);
    }

    public static bool TryCreate(long year, long month, long day, long hour, long minute, long second, long fraction, out DateTime value)
    {
        value = default;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || fraction is < 0 or >= TimeSpan.TicksPerSecond)
        {
            return false;
        }

        value = new DateTime((int)year, (int)month, (int)day, (int)hour, (int)minute, (int)second, DateTimeKind.Utc).AddTicks(fraction);
        return true;
    }

    public static SqlValue Write(DateTime value) =>
        SqlValue.From(value.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));

    private static bool TryTime(ReadOnlySpan<char> span, out int hour, out int minute, out int second, out int fraction)
    {
        hour = minute = second = fraction = 0;
        if (span.Length < SecondsLength || span[10] is not ('T' or ' ') || !Digits(span, 11, 2, out hour) || span[13] != ':'
            || !Digits(span, 14, 2, out minute) || span[16] != ':' || !Digits(span, 17, 2, out second))
        {
            return false;
        }

        if (span.Length == SecondsLength)
        {
            return true;
        }

        var digits = span.Length - SecondsLength - 1;
        if (span[SecondsLength] != '.' || digits is < 1 or > MostDigits || !Digits(span, SecondsLength + 1, digits, out fraction))
        {
            return false;
        }

        for (; digits < MostDigits; digits++)
        {
            fraction *= 10;
        }

        return true;
    }

    private static bool Digits(ReadOnlySpan<char> span, int start, int count, out int value) =>
        int.TryParse(span.Slice(start, count), NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
