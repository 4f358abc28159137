namespace Geode.Backplane.Tests.Query.Functions;

public sealed class TypeFunctionTests
{
    /// <summary>The values tried, in the order of the digits expected: undefined, null, true, 65, 0.5, "x", [], {}.</summary>
    private static readonly string[] Values = ["undefined", "null", "true", "65", "0.5", "'x'", "[1]", "{a: 1}"];

    [Theory]
    [InlineData("IS_ARRAY", "00000010")]
    [InlineData("IS_BOOL", "00100000")]
    [InlineData("IS_BOOLEAN", "00100000")]
    [InlineData("IS_DATETIME", "00000000")]
    [InlineData("IS_DEFINED", "01111111")]
    [InlineData("IS_FINITE_NUMBER", "00011000")]
    [InlineData("IS_INTEGER", "00010000")]
    [InlineData("IS_NULL", "01000000")]
    [InlineData("IS_NUMBER", "00011000")]
    [InlineData("IS_OBJECT", "00000001")]
    [InlineData("IS_PRIMITIVE", "01111100")]
    [InlineData("IS_STRING", "00000100")]
    public void Tells_every_type(string function, string expected) =>
        Assert.Equal(expected, string.Concat(Values.Select(value => Expressions.Value($"{function}({value})") == "true" ? '1' : '0')));

    [Theory]
    [InlineData("IS_FINITE_NUMBER(8.9 / 0.0)", "false")]
    [InlineData("IS_FINITE_NUMBER(SQRT(-1.0))", "false")]
    [InlineData("IS_INTEGER(-9223372036854775808)", "true")]
    [InlineData("IS_INTEGER(9223372036854775807)", "true")]
    [InlineData("IS_INTEGER(18446744073709551615)", "false")]
    [InlineData("IS_DATETIME('2023-03-06')", "true")]
    [InlineData("IS_DATETIME('2023-03-06Z')", "true")]
    [InlineData("IS_DATETIME('2023-03-06 15:29:00Z')", "true")]
    [InlineData("IS_DATETIME('2023-03-06T15:29:59.1234567')", "true")]
    [InlineData("IS_DATETIME('2023-03-06T15:29:59.12345678')", "false")]
    [InlineData("IS_DATETIME('2023-03-06T15:29:59.')", "false")]
    [InlineData("IS_DATETIME('2023-02-30')", "false")]
    [InlineData("IS_DATETIME('2023-03-06T15')", "false")]
    [InlineData("IIF(true, 123, 456)", "123")]
    [InlineData("IIF(123, 123, 456)", "456")]
    [InlineData("IIF(undefined, 123, 456)", "456")]
    public void Is_as_documented(string expression, string value) => Assert.Equal(value, Expressions.Value(expression));
}
