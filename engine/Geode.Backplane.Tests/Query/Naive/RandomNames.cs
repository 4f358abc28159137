namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>A name for the values of an array, or for another value.</summary>
/// <param name="IsObject">Its values are objects, mostly.</param>
internal sealed record RandomElement(string Name, bool IsObject);

/// <summary>The names that a random expression can use, and paths into what they stand for.</summary>
internal sealed record RandomNames(RandomChoice Choice, string Document, RandomElement[] Elements)
{
    private const int Newest = 60;

    /// <summary>Names of steps in brackets, as clients that translate write them.</summary>
    public bool Bracketed { get; init; }

    /// <summary>Computed properties of the items.</summary>
    public string[] Computed { get; init; } = [];

    /// <summary>With one more name, of the values of a collection.</summary>
    public RandomNames With(string name, string collection) =>
        this with { Elements = [.. Elements, new RandomElement(name, collection.Contains("items", StringComparison.Ordinal))] };

    /// <summary>Any path; mostly of the innermost name, where there is one.</summary>
    public string Path()
    {
        if (Elements.Length > 0 && Choice.Chance(Newest))
            return Of(Choice.Chance(70) ? Elements[^1] : Choice.Pick(Elements));

        return Choice.Below(15) switch
        {
            0 or 1 => Step(Document, "a"),
            2 or 3 => Step(Document, "b"),
            4 => Step(Document, "s"),
            5 => Step(Document, "m"),
            6 => Step(Document, "n", "x"),
            7 => Step(Document, Choice.Pick("n", "missing", "pk")),
            8 => Step(Document, "id"),
            9 => Step(Document, "a", "p"),
            10 => $"{Step(Document, Choice.Pick("tags", "nums"))}[{Choice.Below(3)}]",
            11 when Computed.Length > 0 => Step(Document, Choice.Pick(Computed)),
            12 => Step(Document, "items") + "[0]" + (Bracketed ? "[\"q\"]" : ".q"),
            _ => Array(),
        };
    }

    /// <summary>A path where a number is likely.</summary>
    public string Number()
    {
        if (Elements.Length > 0 && Choice.Chance(Newest))
            return Elements[^1].IsObject ? Step(Elements[^1].Name, "q") : Elements[^1].Name;
        return Choice.Chance(20) ? $"{Step(Document, "nums")}[{Choice.Below(3)}]" : Step(Document, Choice.Chance(10) && Computed.Contains("count") ? "count" : "b");
    }

    /// <summary>A path where an array is likely.</summary>
    public string Array()
    {
        if (Elements.Length > 0 && Elements[^1].IsObject && Choice.Chance(Newest))
            return Step(Elements[^1].Name, "list");
        if (Elements.Length > 0 && Choice.Chance(10))
            return Elements[^1].Name;
        if (Computed.Contains("list") && Choice.Chance(15))
            return Step(Document, "list");
        return Choice.Below(8) switch
        {
            0 or 1 => Step(Document, "tags"),
            2 or 3 => Step(Document, "nums"),
            4 or 5 => Step(Document, "items"),
            6 => Step(Document, "n", "list"),
            _ => Step(Document, Choice.Pick("a", "missing")),
        };
    }

    private string Of(RandomElement element) => Choice.Chance(element.IsObject ? 20 : 90)
        ? element.Name
        : Step(element.Name, Choice.Pick("p", "q", "q", "list", "none"));

    private string Step(string root, params string[] names) =>
        root + string.Concat(names.Select(name => Bracketed || Choice.Chance(10) ? $"[\"{name}\"]" : $".{name}"));
}
