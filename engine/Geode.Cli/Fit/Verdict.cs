namespace Geode.Cli.Fit;

/// <summary>Whether the Geode pattern fits.</summary>
/// <param name="Answer"><c>yes</c>, <c>partly</c> or <c>no</c>.</param>
/// <param name="Summary">A sentence.</param>
/// <param name="Instead">What to use instead, or besides, without repetition.</param>
/// <param name="Findings">All criteria.</param>
internal sealed record Verdict(string Answer, string Summary, IReadOnlyList<string> Instead, IReadOnlyList<Finding> Findings)
{
    public static Verdict Of(SystemDescription system)
    {
        var findings = Criteria.Of(system);
        var ruledOut = Named(findings, Speaks.RulesOut);
        var against = Named(findings, Speaks.Against);
        var needs = Named(findings, Speaks.For);
        return (ruledOut, needs, against) switch
        {
            ({ Count: > 0 }, _, _) => new("no", $"No, because of its {And(ruledOut)}.", Of(findings, Speaks.RulesOut), findings),
            (_, { Count: 0 }, { Count: 0 }) => new("no", "No: nothing that geodes give is needed here, and they cost a second of everything.", Of(findings, Speaks.Neither), findings),
            (_, { Count: 0 }, _) => new("no", $"No: nothing that geodes give is needed here, and its {And(against)} is against it.", Of(findings, Speaks.Against), findings),
            (_, _, { Count: > 0 }) => new("partly", $"Partly: for its {And(needs)}, but with care about its {And(against)}.", Of(findings, Speaks.Against), findings),
            _ => new("yes", $"Yes, for its {And(needs)}.", [], findings),
        };
    }

    private static List<string> Named(IReadOnlyList<Finding> findings, Speaks speaks) => [.. findings.Where(f => f.Speaks == speaks).Select(f => f.Criterion)];

    private static List<string> Of(IReadOnlyList<Finding> findings, Speaks speaks) =>
        [.. findings.Where(f => f.Speaks == speaks && f.Instead is not null).Select(f => f.Instead!).Distinct()];

    private static string And(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
