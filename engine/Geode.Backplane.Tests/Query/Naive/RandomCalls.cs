namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Random calls of functions, mostly with arguments of the right type.</summary>
internal sealed class RandomCalls(RandomChoice choice)
{
    public bool WholeCharacters { get; set; }

    public string Make(Func<string> part, RandomNames names) => choice.Below(4) switch
    {
        0 => $"{choice.Pick("ABS", "FLOOR", "CEILING", "ROUND", "TRUNC", "SIGN", "SQUARE")}({Number(part, names)})",
        1 => Texts(part),
        2 => Arrays(part, names),
        _ => choice.Pick(
            $"{choice.Pick("IS_DEFINED", "IS_NULL", "IS_BOOL", "IS_NUMBER", "IS_INTEGER", "IS_STRING", "IS_ARRAY", "IS_OBJECT", "IS_PRIMITIVE")}({part()})",
            $"IIF({part()}, {part()}, {part()})",
            $"ToString({choice.Primitive()})",
            $"ToString(ABS({Number(part, names)}))",
            $"POWER({Number(part, names)}, {choice.Pick("0", "1", "2", "3")})"),
    };

    private string Texts(Func<string> part)
    {
        string Text() => choice.Chance(60) ? choice.Text() : part();
        var whole = choice.Below(9) switch
        {
            0 => $"CONCAT({Text()}, {Text()})",
            1 => $"{choice.Pick("LOWER", "UPPER", "TRIM", "LENGTH")}({Text()})",
            2 => $"REPLACE({Text()}, {Text()}, {Text()})",
            3 => $"REPLICATE({Text()}, {choice.Below(3)})",
            4 => $"INDEX_OF({Text()}, {Text()})",
            5 => $"CONCAT({Text()}, {Text()}, {choice.Text()})",
            _ => null,
        };
        if (whole is not null || WholeCharacters)
            return whole ?? $"LENGTH({Text()})";
        return choice.Pick(
            $"REVERSE({Text()})",
            $"{choice.Pick("LEFT", "RIGHT")}({Text()}, {choice.Below(4)})",
            $"SUBSTRING({Text()}, {choice.Below(3)}, {choice.Below(4)})");
    }

    private string Arrays(Func<string> part, RandomNames names)
    {
        string Array() => choice.Chance(70) ? names.Array() : choice.Chance(50) ? $"[{choice.Several(0, 3, choice.Primitive)}]" : part();
        return choice.Below(6) switch
        {
            0 => $"ARRAY_CONTAINS({Array()}, {part()})",
            1 => $"ARRAY_CONTAINS({Array()}, {{\"p\": {part()}}}, {choice.Pick("true", "false")})",
            2 => $"ARRAY_CONCAT({Array()}, {Array()})",
            3 => $"ARRAY_SLICE({Array()}, {choice.Pick("0", "1", "-1", "-2", "5")}{choice.Pick("", ", 0", ", 1", ", 2")})",
            4 => $"{choice.Pick("SetUnion", "SetIntersect", "SetDifference")}({Array()}, {Array()})",
            _ => $"ARRAY_LENGTH({Array()})",
        };
    }

    private string Number(Func<string> part, RandomNames names) => choice.Chance(75) ? names.Number() : choice.Chance(50) ? choice.Number() : part();
}
