namespace Geode.Backplane.Tests.Query.Functions.Vectors;

public sealed class VectorFunctionTests
{
    [Theory]
    [InlineData("VectorDistance([1, 0], [0, 1])", "0")]
    [InlineData("VectorDistance([1, 2], [2, 4])", "1")]
    [InlineData("VectorDistance([1, 2], [2, 4], true)", "1")]
    [InlineData("VectorDistance([1, 2], [3, 4], false, {'distanceFunction': 'DotProduct'})", "11")]
    [InlineData("VectorDistance([0, 0], [3, 4], false, {'distanceFunction': 'Euclidean'})", "5")]
    [InlineData("VectorDistance([0, 0], [3, 4], false, {'distanceFunction': 'euclidean', 'dataType': 'int8'})", "5")]
    public void Compares_vectors(string expression, string value) => Assert.Equal(value, Expressions.Value(expression));

    [Theory]
    [InlineData("VectorDistance([1, 2], [1])")]
    [InlineData("VectorDistance('ab', [1])")]
    [InlineData("VectorDistance([1, 'b'], [1, 2])")]
    [InlineData("VectorDistance([], [])")]
    [InlineData("VectorDistance([0, 0], [3, 4])")]
    [InlineData("VectorDistance([1e39], [1])")]
    [InlineData("VectorDistance([128], [1], true, {'dataType': 'int8'})")]
    [InlineData("VectorDistance([-1], [1], true, {'dataType': 'uint8'})")]
    [InlineData("VectorDistance([0.5], [1], true, {'dataType': 'uint8'})")]
    public void Is_undefined_where_there_is_no_distance(string expression) => Assert.Equal("undefined", Expressions.Value(expression));

    [Theory]
    [InlineData("float32", "0.1", "0.10000000149011612")]
    [InlineData("float16", "0.1", "0.0999755859375")]
    [InlineData("int8", "-128", "-128")]
    [InlineData("uint8", "255", "255")]
    public void Numbers_are_what_the_data_type_makes_of_them(string type, string number, string value) =>
        Assert.Equal(value, Expressions.Value($"VectorDistance([{number}], [1], true, {{'distanceFunction': 'dotproduct', 'dataType': '{type}'}})"));
}
