namespace Geode.Backplane.Tests.Storage.Vectors;

/// <summary>Vectors by chance that have neighbours, as those of texts do: some centres, and around them differences along few
/// directions. The same for the same seed.</summary>
internal sealed class RandomVectors
{
    private const int Directions = 8;
    private const int Centres = 12;

    private readonly Random _random;
    private readonly int _dimensions;
    private readonly float[][] _directions;
    private readonly float[][] _centres;
    private readonly float _scale;
    private readonly bool _isWhole;
    private readonly float _least;

    /// <param name="dataType">The vectors have numbers that this type has.</param>
    public RandomVectors(int seed, int dimensions, string dataType = "float32")
    {
        (_random, _dimensions) = (new Random(seed), dimensions);
        (_isWhole, _least, _scale) = dataType switch
        {
            "int8" => (true, -128f, 25f),
            "uint8" => (true, 0f, 25f),
            _ => (false, float.NegativeInfinity, 1f),
        };
        _directions = [.. Enumerable.Range(0, Directions).Select(_ => Gaussians())];
        _centres = [.. Enumerable.Range(0, Centres).Select(_ => Gaussians())];
    }

    public float[] Next()
    {
        var (centre, vector) = (_centres[_random.Next(Centres)], Gaussians());
        var weights = Enumerable.Range(0, Directions).Select(_ => Gaussian() * 0.4f).ToArray();
        for (var i = 0; i < _dimensions; i++)
        {
            vector[i] = centre[i] + (0.1f * vector[i]);
            for (var d = 0; d < Directions; d++)
                vector[i] += weights[d] * _directions[d][i];
            vector[i] *= _scale;
            if (_isWhole)
                vector[i] = Math.Clamp(MathF.Round(vector[i] + (_least == 0 ? 100 : 0)), _least, _least + 255);
        }

        return vector;
    }

    public float[][] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private float[] Gaussians() => [.. Enumerable.Range(0, _dimensions).Select(_ => Gaussian())];

    // Box and Muller's way.
    private float Gaussian() => (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
}
