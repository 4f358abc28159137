namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Functions of numbers.</summary>
internal static class NaiveNumbers
{
    public static NaiveValue? Value(string name, NaiveValue[] arguments)
    {
        if (!Array.TrueForAll(arguments, argument => argument is NaiveNumber))
            return NaiveValue.Undefined;
        var number = ((NaiveNumber)arguments[0]).Value;
        return name switch
        {
            "ABS" => NaiveValue.Of(number < 0 ? -number : number),
            "FLOOR" => NaiveValue.Of(Math.Floor(number)),
            "CEILING" => NaiveValue.Of(Math.Ceiling(number)),
            "TRUNC" => NaiveValue.Of(number < 0 ? Math.Ceiling(number) : Math.Floor(number)),
            "ROUND" => NaiveValue.Of(number < 0 ? -Math.Floor(-number + 0.5) : Math.Floor(number + 0.5)),
            "SIGN" => NaiveValue.Of(number < 0 ? -1 : number > 0 ? 1 : number),
            "SQUARE" => NaiveValue.Of(number * number),
            "SQRT" => NaiveValue.Of(Math.Sqrt(number)),
            "POWER" => NaiveValue.Of(Math.Pow(number, ((NaiveNumber)arguments[1]).Value)),
            _ => null,
        };
    }
}
