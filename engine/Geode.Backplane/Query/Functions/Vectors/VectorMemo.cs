using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions.Vectors;

/// <summary>The vectors that a query has just read. Filter, order and result ask for the distance between the same two, and to read
/// a vector's numbers takes much longer than to compare it.</summary>
internal sealed class VectorMemo
{
    private readonly Entry _left = new();
    private readonly Entry _right = new();

    public ReadOnlySpan<double> Left(VectorDataType type, in SqlValue value) => _left.Read(type, value);

    public ReadOnlySpan<double> Right(VectorDataType type, in SqlValue value) => _right.Read(type, value);

    private sealed class Entry
    {
        private SqlValue _value;
        private VectorDataType _type;
        private double[] _numbers = [];
        private bool _isVector;

        /// <returns>None when the value is no vector of that type.</returns>
        public ReadOnlySpan<double> Read(VectorDataType type, in SqlValue value)
        {
            if (!value.IsSameAs(_value) || type != _type)
            {
                (_value, _type) = (value, type);
                _isVector = type.TryRead(value, _numbers) || (value.IsArray && type.TryRead(value, _numbers = new double[value.Count]));
            }

            return _isVector ? _numbers : [];
        }
    }
}
