using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions;

namespace Geode.Backplane.Tests.Query.Functions;

public sealed class FunctionRegistryTests
{
    [Theory]
    [InlineData("CONCAT", 2, int.MaxValue)]
    [InlineData("concat", 2, int.MaxValue)]
    [InlineData("PI", 0, 0)]
    [InlineData("DateTimeFromParts", 3, 7)]
    [InlineData("count", 1, 1)]
    public void Knows_the_arity_whatever_the_case(string name, int min, int max)
    {
        Assert.True(FunctionRegistry.TryGet(name, out var least, out var most));
        Assert.Equal((min, max), (least, most));
    }

    [Fact]
    public void Does_not_know_others() => Assert.False(FunctionRegistry.TryGet("STDEV", out _, out _));

    [Theory]
    [InlineData("NOSUCH(1)", "'NOSUCH' is not a recognized built-in function name.")]
    [InlineData("ABS(1, 2)", "The ABS function requires 1 argument(s); 2 given.")]
    [InlineData("DateTimeFromParts(1)", "The DateTimeFromParts function requires 3 to 7 arguments; 1 given.")]
    [InlineData("udf.tax(1)", "There is no user-defined function 'udf.tax'.")]
    public void Refused_calls_say_why(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<QueryException>(() => Expressions.Value(expression)).Message);
}
