using Geode.Backplane.Query.Functions.Spatial;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>ST_…: GeoJSON on the WGS-84 ellipsoid, in metres; undefined where an argument is no valid geometry.</summary>
internal static class SpatialFunctions
{
    [ThreadStatic]
    private static (SqlValue Value, Geometry? Geometry) _first;

    [ThreadStatic]
    private static (SqlValue Value, Geometry? Geometry) _second;

    public static void Register(FunctionTable table)
    {
        Two(table, "ST_DISTANCE", (a, b) => SqlValue.From(a.DistanceTo(b)));
        Two(table, "ST_WITHIN", (a, b) => SqlValue.From(a.IsWithin(b)));
        Two(table, "ST_INTERSECTS", (a, b) => SqlValue.From(a.Intersects(b)));
        table.Any("ST_AREA", value => GeoJson.TryRead(value, out var geometry, out _) ? SqlValue.From(geometry.Area) : SqlValue.Undefined);
        table.Any("ST_ISVALID", value => value.IsUndefined ? value : SqlValue.From(GeoJson.TryRead(value, out _, out _)));
        table.Any("ST_ISVALIDDETAILED", Detailed);
    }

    private static void Two(FunctionTable table, string name, Func<Geometry, Geometry, SqlValue> body) => table.Any(name, (a, b) =>
        Read(a, ref _first) is { } left && Read(b, ref _second) is { } right ? body(left, right) : SqlValue.Undefined);

    /// <summary>One argument is usually the same for every row, and reading it costs more than using it.</summary>
    private static Geometry? Read(in SqlValue value, ref (SqlValue Value, Geometry? Geometry) last)
    {
        if (!value.IsSameAs(last.Value))
        {
            last = (value, GeoJson.TryRead(value, out var geometry, out _) ? geometry : null);
        }

        return last.Geometry;
    }

    private static SqlValue Detailed(SqlValue value)
    {
        if (value.IsUndefined)
        {
            return value;
        }

        return GeoJson.TryRead(value, out _, out var reason)
            ? SqlValue.From([new SqlField("valid", SqlValue.True)])
            : SqlValue.From([new SqlField("valid", SqlValue.False), new SqlField("reason", SqlValue.From(reason))]);
    }
}
