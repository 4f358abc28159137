using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <summary>Cosmos DB's errors about calls of VectorDistance.</summary>
internal static class VectorErrors
{
    public static SqlError Direction(SourceSpan span) => new(
        "SC2210",
        "Specifying a sorting order (ASC or DESC) with VectorDistance function is not supported. VectorDistance will always sort in the order of most similar (first) to least similar (last).",
        span);

    public static SqlError NoObject(SourceSpan span) =>
        new("SC2210", "Options argument of VectorDistance function must be an object literal expression.", span);

    public static SqlError UnknownOption(string name, SourceSpan span) =>
        new("SC2210", $"'{name}' is not a valid option name for VectorDistance function options argument.", span);

    public static SqlError WrongType(string name, string type, SourceSpan span) =>
        new("SC2210", $"VectorDistance function options argument property value of option '{name}' must be a {type} literal.", span);

    public static SqlError WrongValue(string name, string value, SourceSpan span) =>
        new("SC2210", $"VectorDistance function options argument property value '{value}' is not a valid value for option '{name}'.", span);

    public static SqlError NotBoolean(SourceSpan span) => new(
        "SC2212",
        "The third argument provided in the VectorDistance function is invalid. This value must be a boolean value set to either \"true\" to execute an exact search or \"false\" to execute an efficient search leveraging the index.",
        span);

    public static SqlError OutOfRange(string code, string name, double value, int least, int most, SourceSpan span) => new(
        code,
        $"The '{name}' value {SqlNumbers.Format(value)} specified in the VectorDistance function is outside the supported range. The value must be between {least} and {most}.",
        span);

    /// <param name="kind">What the value must be: <c>an integer</c>.</param>
    public static SqlError WrongNumber(string code, string name, string kind, int least, int most, SourceSpan span) =>
        new(code, $"The '{name}' value specified in the VectorDistance function must be {kind} between {least} and {most}.", span);
}
