namespace Geode.Backplane.Query.Functions.Spatial;

/// <summary>A unit vector from the earth's centre.</summary>
internal readonly record struct Direction(double X, double Y, double Z)
{
    public double Dot(Direction other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public Direction Cross(Direction other) => new(
        (Y * other.Z) - (Z * other.Y),
        (Z * other.X) - (X * other.Z),
        (X * other.Y) - (Y * other.X));

    public double Length => Math.Sqrt(Dot(this));

    public Direction Normalized()
    {
        var length = Length;
        return length == 0 ? this : Scale(1 / length);
    }

    public Direction Scale(double factor) => new(X * factor, Y * factor, Z * factor);

    public Direction Plus(Direction other) => new(X + other.X, Y + other.Y, Z + other.Z);
}
