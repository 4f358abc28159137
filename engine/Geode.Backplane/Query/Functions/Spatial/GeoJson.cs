using System.Diagnostics.CodeAnalysis;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions.Spatial;

/// <summary>Reads GeoJSON: Point, MultiPoint, LineString, MultiLineString, Polygon and MultiPolygon, longitude before latitude.</summary>
internal static class GeoJson
{
    private const int FewestRingPositions = 4;

    private static readonly PropertyName Type = new("type");
    private static readonly PropertyName Coordinates = new("coordinates");

    /// <param name="reason">Why it is no geometry.</param>
    public static bool TryRead(in SqlValue value, [NotNullWhen(true)] out Geometry? geometry, [NotNullWhen(false)] out string? reason)
    {
        try
        {
            geometry = Read(value);
            reason = null;
            return true;
        }
        catch (FormatException e)
        {
            geometry = null;
            reason = e.Message;
            return false;
        }
    }

    private static Geometry Read(in SqlValue value)
    {
        var coordinates = value[Coordinates];
        if (!value.IsObject || !value[Type].IsString || !coordinates.IsArray)
        {
            throw new FormatException("A geometry must be an object with a \"type\" and an array of \"coordinates\".");
        }

        return value[Type].Text switch
        {
            "Point" => new Geometry([Position(coordinates)], [], []),
            "MultiPoint" => new Geometry(Positions(coordinates, 1), [], []),
            "LineString" => new Geometry([], [Positions(coordinates, 2)], []),
            "MultiLineString" => new Geometry([], [.. Each(coordinates, line => Positions(line, 2))], []),
            "Polygon" => new Geometry([], [], [Polygon(coordinates)]),
            "MultiPolygon" => new Geometry([], [], [.. Each(coordinates, polygon => Polygon(polygon))]),
            var other => throw new FormatException($"The geometry type '{other}' is not supported."),
        };
    }

    private static Polygon Polygon(SqlValue coordinates)
    {
        var rings = Each(coordinates, Ring);
        return rings.Count > 0 ? new Polygon(rings[0], [.. rings.Skip(1)]) : throw new FormatException("A polygon must have a ring.");
    }

    private static Ring Ring(SqlValue coordinates)
    {
        var corners = Positions(coordinates, FewestRingPositions);
        var items = coordinates.ToItems();
        return items[0].Equals(items[^1]) ? new Ring(corners) : throw new FormatException("The first and the last position of a ring must be the same.");
    }

    private static Direction[] Positions(SqlValue coordinates, int fewest)
    {
        var positions = Each(coordinates, Position);
        return positions.Count >= fewest ? [.. positions] : throw new FormatException($"Too few positions: {positions.Count} of at least {fewest}.");
    }

    private static Direction Position(SqlValue coordinates)
    {
        var numbers = coordinates.ToItems();
        if (numbers.Length is not (2 or 3) || !Array.TrueForAll(numbers, number => number.IsNumber))
        {
            throw new FormatException("A position must be an array of two or three numbers: longitude, latitude, and optionally altitude.");
        }

        var (longitude, latitude) = (numbers[0].Number, numbers[1].Number);
        if (!(latitude is >= -90 and <= 90))
        {
            throw new FormatException("Latitude values must be between -90 and 90 degrees.");
        }

        return longitude is >= -180 and <= 180
            ? Ellipsoid.DirectionOf(longitude, latitude)
            : throw new FormatException("Longitude values must be between -180 and 180 degrees.");
    }

    private static List<T> Each<T>(SqlValue array, Func<SqlValue, T> read)
    {
        if (!array.IsArray)
        {
            throw new FormatException("The coordinates are not nested as the geometry's type demands.");
        }

        var items = new List<T>();
        foreach (var item in array.Items)
        {
            items.Add(read(item));
        }

        return items;
    }
}
