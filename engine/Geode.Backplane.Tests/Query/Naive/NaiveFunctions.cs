namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>The functions that the random queries call; a wrong type makes most of them undefined.</summary>
internal static class NaiveFunctions
{
    public static NaiveValue Value(string name, NaiveValue[] arguments) =>
        Types(name, arguments)
        ?? NaiveArrays.Value(name, arguments)
        ?? (name == "ToString" ? NaiveTexts.Print(arguments[0]) : null)
        ?? NaiveTexts.Value(name, arguments)
        ?? NaiveNumbers.Value(name, arguments)
        ?? throw new NotSupportedException(name);

    /// <summary>The questions after a type: true or false for every value, also for undefined.</summary>
    private static NaiveValue? Types(string name, NaiveValue[] arguments) => name switch
    {
        "IS_DEFINED" => NaiveValue.Of(!arguments[0].IsUndefined),
        "IS_NULL" => NaiveValue.Of(arguments[0] is NaiveNull),
        "IS_BOOL" => NaiveValue.Of(arguments[0] is NaiveBoolean),
        "IS_NUMBER" => NaiveValue.Of(arguments[0] is NaiveNumber),
        "IS_INTEGER" => NaiveValue.Of(arguments[0] is NaiveNumber number && number.Value % 1 == 0),
        "IS_STRING" => NaiveValue.Of(arguments[0] is NaiveText),
        "IS_ARRAY" => NaiveValue.Of(arguments[0] is NaiveArray),
        "IS_OBJECT" => NaiveValue.Of(arguments[0] is NaiveObject),
        "IS_PRIMITIVE" => NaiveValue.Of(arguments[0] is NaiveNull or NaiveBoolean or NaiveNumber or NaiveText),
        "IIF" => arguments[0].IsTrue ? arguments[1] : arguments[2],
        _ => null,
    };
}
