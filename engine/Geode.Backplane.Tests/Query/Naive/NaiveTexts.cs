namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Functions of strings.</summary>
internal static class NaiveTexts
{
    /// <summary>A string made of null, a boolean or a number.</summary>
    public static NaiveValue Print(NaiveValue value) => value switch
    {
        NaiveUndefined or NaiveText => value,
        NaiveArray or NaiveObject => throw new NotSupportedException("ToString of arrays and objects"),
        _ => NaiveValue.Of(NaiveJson.Write(value).Trim('"')),
    };

    public static NaiveValue? Value(string name, NaiveValue[] arguments) => name switch
    {
        "CONCAT" => Texts(arguments, arguments.Length) is { } all ? NaiveValue.Of(string.Concat(all)) : NaiveValue.Undefined,
        "LENGTH" => One(arguments, text => NaiveValue.Of(text.Length)),
        "LOWER" => One(arguments, text => NaiveValue.Of(text.ToLowerInvariant())),
        "UPPER" => One(arguments, text => NaiveValue.Of(text.ToUpperInvariant())),
        "REVERSE" => One(arguments, text => NaiveValue.Of(new string([.. text.Reverse()]))),
        "TRIM" => One(arguments, text => NaiveValue.Of(text.Trim(' '))),
        "LEFT" => Cut(arguments, (text, count) => text[..Math.Min(count, text.Length)]),
        "RIGHT" => Cut(arguments, (text, count) => text[Math.Max(0, text.Length - count)..]),
        "REPLICATE" => Cut(arguments, (text, count) => string.Concat(Enumerable.Repeat(text, count))),
        "SUBSTRING" => arguments is [NaiveText text, NaiveNumber start, NaiveNumber length]
            ? NaiveValue.Of(string.Concat(text.Value.Skip((int)start.Value).Take((int)length.Value)))
            : NaiveValue.Undefined,
        "REPLACE" => Texts(arguments, 3) is [var whole, var old, var fresh]
            ? old.Length == 0 ? NaiveValue.Undefined : NaiveValue.Of(string.Join(fresh, whole.Split(old)))
            : NaiveValue.Undefined,
        "INDEX_OF" => Texts(arguments, 2) is [var whole, var part] ? NaiveValue.Of(whole.IndexOf(part, StringComparison.Ordinal)) : NaiveValue.Undefined,
        "CONTAINS" => Search(arguments, (text, part) => text.Contains(part, StringComparison.Ordinal)),
        "STARTSWITH" => Search(arguments, (text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        "ENDSWITH" => Search(arguments, (text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        "STRINGEQUALS" => Search(arguments, (text, part) => text == part),
        _ => null,
    };

    private static string[]? Texts(NaiveValue[] arguments, int count) => Array.TrueForAll(arguments[..count], argument => argument is NaiveText)
        ? Array.ConvertAll(arguments[..count], argument => ((NaiveText)argument).Value)
        : null;

    private static NaiveValue One(NaiveValue[] arguments, Func<string, NaiveValue> value) =>
        Texts(arguments, 1) is [var text] ? value(text) : NaiveValue.Undefined;

    private static NaiveValue Cut(NaiveValue[] arguments, Func<string, int, string> cut) => arguments is [NaiveText text, NaiveNumber count]
        ? NaiveValue.Of(cut(text.Value, (int)count.Value))
        : NaiveValue.Undefined;

    // The third argument ignores case: both sides are compared in capitals.
    private static NaiveValue Search(NaiveValue[] arguments, Func<string, string, bool> test)
    {
        if (Texts(arguments, 2) is not [var text, var part] || (arguments.Length > 2 && arguments[2] is not NaiveBoolean))
            return NaiveValue.Undefined;
        return NaiveValue.Of(arguments.Length > 2 && arguments[2].IsTrue ? test(text.ToUpperInvariant(), part.ToUpperInvariant()) : test(text, part));
    }
}
