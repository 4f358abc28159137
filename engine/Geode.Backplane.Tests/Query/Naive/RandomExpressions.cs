namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Random scalar expressions.</summary>
internal sealed class RandomExpressions(RandomChoice choice)
{
    private readonly RandomCalls _calls = new(choice);
    private RandomConditions Conditions => field ??= new(choice, this);

    private RandomSubqueries Subqueries => field ??= new(choice, this);

    /// <summary>Strings are not cut apart between the halves of a surrogate pair, which JSON over the wire cannot say.</summary>
    public bool WholeCharacters
    {
        get => _calls.WholeCharacters;
        set => _calls.WholeCharacters = value;
    }

    public string Condition(int depth, RandomNames names) => Conditions.Make(depth, names);

    public string Subquery(int depth, RandomNames names) => Subqueries.Make(depth, names);

    public string Collection(int depth, RandomNames names) => Subqueries.Collection(depth, names);

    public string Literal() => choice.Chance(5) ? "undefined" : choice.Value(1);

    /// <param name="depth">How deep it may nest.</param>
    public string Make(int depth, RandomNames names)
    {
        string Part() => Make(depth - 1, names);
        string Number() => choice.Chance(75) ? names.Number() : Part();
        return (depth <= 0 ? choice.Below(4) : choice.Below(16)) switch
        {
            0 => Literal(),
            1 or 2 or 3 or 4 => names.Path(),
            5 => $"({Number()} {choice.Pick("+", "-", "*", "|", "&", "^")} {(choice.Chance(50) ? choice.Number() : Number())})",
            6 => choice.Pick($"({Number()} / {choice.Pick("2", "-4", "0.5")})", $"({Number()} % {choice.Pick("2", "3", "-4")})", $"(-{names.Number()})"),
            7 => $"({(choice.Chance(70) ? choice.Text() : Part())} || {Part()})",
            8 => $"({Part()} ?? {Part()})",
            9 => $"({Condition(depth - 1, names)} ? {Part()} : {Part()})",
            10 => choice.Pick($"[{choice.Several(0, 3, Part)}]", $"{{\"p\": {Part()}, \"list\": [{choice.Several(0, 2, Part)}]}}"),
            11 => $"({Condition(depth - 1, names)})",
            12 or 13 => _calls.Make(Part, names),
            _ => Subquery(depth, names),
        };
    }
}
