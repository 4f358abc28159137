using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Storage.Vectors;
using Geode.Backplane.Storage.Vectors.Search;

namespace Geode.Backplane.Tests.Storage.Vectors;

public sealed class VectorMathTests
{
    private readonly Random _random = new(11);

    [Fact]
    public void Sums_of_every_length_are_those_of_a_simple_loop()
    {
        for (var length = 1; length < 140; length++)
        {
            var (left, right) = (Floats(length), Floats(length));
            var dot = left.Zip(right, (a, b) => (double)a * b).Sum();
            var distance = left.Zip(right, (a, b) => ((double)a - b) * ((double)a - b)).Sum();
            var most = left.Zip(right, (a, b) => Math.Abs((double)a * b)).Sum();
            Assert.Equal(dot, VectorMath.Dot(left, right), most * VectorMath.RelativeError(length));
            Assert.Equal(distance, VectorMath.SquaredDistance(left, right), distance * VectorMath.RelativeError(length));
        }
    }

    [Fact]
    public void Sums_of_codes_are_exact()
    {
        for (var length = VectorMath.CodeBlock; length <= 4128; length += 8 * VectorMath.CodeBlock)
        {
            sbyte[] left = [.. Enumerable.Range(0, length).Select(_ => (sbyte)_random.Next(-127, 128))];
            sbyte[] right = [.. Enumerable.Range(0, length).Select(_ => (sbyte)_random.Next(-127, 128))];
            short[] fine = [.. Enumerable.Range(0, length).Select(_ => (short)_random.Next(-1023, 1024))];
            Assert.Equal(left.Zip(right, (a, b) => a * b).Sum(), VectorMath.Dot((ReadOnlySpan<sbyte>)left, right));
            Assert.Equal(fine.Zip(right, (a, b) => a * b).Sum(), VectorMath.Dot((ReadOnlySpan<short>)fine, right));
            Array.Fill(right, (sbyte)-127);
            Array.Fill(fine, (short)1023);
            Assert.Equal(length * -127 * 1023, VectorMath.Dot((ReadOnlySpan<short>)fine, right));
        }
    }

    [Fact]
    public void Smaller_types_are_widened_exactly()
    {
        sbyte[] signed = [.. Enumerable.Range(-128, 256).Select(i => (sbyte)i), 3];
        byte[] unsigned = [.. Enumerable.Range(0, 256).Select(i => (byte)i), 3];
        Half[] halves = [.. Enumerable.Range(0, 65536).Select(i => BitConverter.UInt16BitsToHalf((ushort)i)).Where(Half.IsFinite), (Half)3];
        var widened = new float[halves.Length];
        VectorNumbers.Widen(signed, widened.AsSpan(0, signed.Length));
        Assert.Equal(signed.Select(x => (float)x), widened.Take(signed.Length));
        VectorNumbers.Widen(unsigned, widened.AsSpan(0, unsigned.Length));
        Assert.Equal(unsigned.Select(x => (float)x), widened.Take(unsigned.Length));
        VectorNumbers.Widen(halves, widened);
        Assert.Equal(halves.Select(x => (float)x), widened);
    }

    [Theory]
    [InlineData(nameof(DistanceFunction.Cosine))]
    [InlineData(nameof(DistanceFunction.DotProduct))]
    [InlineData(nameof(DistanceFunction.Euclidean))]
    public void A_bound_is_below_what_the_query_gives_and_hardly_so(string name)
    {
        var function = Enum.Parse<DistanceFunction>(name);
        foreach (var scale in new[] { 1e-12f, 1e-3f, 1f, 1e6f, 1e13f })
        {
            for (var length = 1; length < 600; length += 37)
            {
                var (item, wanted) = (Doubles(length, scale), Doubles(length, scale));
                // Near ones too, where there is most to lose.
                foreach (var other in new[] { wanted, Array.ConvertAll(item, x => (double)(float)(x * 1.0001)), item })
                {
                    var target = VectorTarget.Of(other, function)!;
                    var norm = (float)Math.Sqrt(item.Sum(x => x * x));
                    var least = target.Least(Array.ConvertAll(item, x => (float)x), norm);
                    var value = function.IsSimilarity() ? -function.Of(item, other) : function.Of(item, other);
                    var magnitude = function == DistanceFunction.Cosine ? 1 : function == DistanceFunction.DotProduct ? (double)norm * target.Norm : value;
                    Assert.InRange(least, value - (3 * VectorMath.RelativeError(length) * magnitude), value);
                }
            }
        }
    }

    [Fact]
    public void The_nearest_rows_are_the_smallest()
    {
        foreach (var most in new[] { 1, 2, 7, 64, 65, 500, 2000 })
        {
            var keys = Enumerable.Range(0, 1000).Select(_ => (float)_random.Next(300)).ToArray();
            var nearest = new NearestRows(most);
            for (var row = 0; row < keys.Length; row++)
                nearest.Add(keys[row], row);
            var (sorted, rows) = nearest.Sorted();
            Assert.Equal(keys.Order().Take(most), sorted);
            Assert.Equal(sorted, rows.Select(row => keys[row]));
            Assert.Distinct(rows);
        }
    }

    private float[] Floats(int length) => [.. Enumerable.Range(0, length).Select(_ => (_random.NextSingle() * 2) - 1)];

    private double[] Doubles(int length, float scale) => Array.ConvertAll(Floats(length), x => (double)(x * scale));
}
