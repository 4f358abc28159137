namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Random conditions, also such as an index can answer.</summary>
internal sealed class RandomConditions(RandomChoice choice, RandomExpressions expressions)
{
    private static readonly string[] Comparisons = ["=", "!=", "<", "<=", ">", ">="];

    public string Make(int depth, RandomNames names) => (depth <= 0 ? 3 + choice.Below(10) : choice.Below(19)) switch
    {
        0 or 1 => $"({Make(depth - 1, names)} {choice.Pick("AND", "OR")} {Make(depth - 1, names)})",
        2 => $"NOT ({Make(depth - 1, names)})",
        3 => $"({names.Number()} {choice.Pick(Comparisons)} {choice.Number()})",
        4 => $"({names.Path()} {choice.Pick(Comparisons)} {expressions.Literal()})",
        5 => $"({expressions.Literal()} {choice.Pick(Comparisons)} {names.Path()})",
        6 => $"({names.Path()} {choice.Pick("", "NOT ")}IN ({choice.Several(1, 3, expressions.Literal)}))",
        7 => $"({names.Path()} {choice.Pick("", "NOT ")}BETWEEN {choice.Primitive()} AND {choice.Primitive()})",
        8 => $"{choice.Pick("STARTSWITH", "CONTAINS", "ENDSWITH", "STRINGEQUALS")}({names.Path()}, {choice.Text()}{choice.Pick("", "", ", false", ", true")})",
        9 => $"({names.Path()} {choice.Pick("", "NOT ")}LIKE {Pattern()})",
        10 => $"{choice.Pick("", "", "NOT ")}{choice.Pick("IS_DEFINED", "IS_NULL", "IS_STRING", "IS_NUMBER", "IS_BOOL", "IS_ARRAY")}({names.Path()})",
        11 => choice.Pick(names.Path(), "true", $"({names.Number()} IN ({choice.Several(1, 3, choice.Number)}))", $"ARRAY_CONTAINS({names.Array()}, {choice.Primitive()})"),
        12 => $"({names.Path()} {choice.Pick(Comparisons)} {names.Path()})",
        13 => $"({expressions.Make(depth - 1, names)} {choice.Pick(Comparisons)} {expressions.Make(depth - 1, names)})",
        14 => $"({expressions.Make(depth - 1, names)} {choice.Pick("", "NOT ")}IN ({choice.Several(1, 3, () => expressions.Make(depth - 1, names))}))",
        15 => $"({expressions.Subquery(depth, names)} {choice.Pick(Comparisons)} {choice.Number()})",
        16 => $"{choice.Pick("EXISTS", "EXISTS", "NOT EXISTS", "ALL")}({expressions.Collection(depth, names)})",
        17 => $"({names.Path()} {choice.Pick("", "NOT ")}BETWEEN {expressions.Make(depth - 1, names)} AND {expressions.Make(depth - 1, names)})",
        _ => expressions.Make(depth - 1, names),
    };

    private string Pattern() => choice.Pick("'a%'", "'%b'", "'_b'", "'%'", "'ab'", "'[a-b]%'", "'[^a]%'", "'a!%b' ESCAPE '!'", "'%a%'", "''");
}
