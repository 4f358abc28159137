namespace Geode.Tests.House;

/// <summary>Who may refer to whom.</summary>
internal static class HouseRules
{
    /// <summary>The engine's projects and those of the engine that each may refer to. Tests may refer to all, and so may what measures and the example.</summary>
    private static readonly Dictionary<string, string[]> MayReferTo = new()
    {
        ["Geode.Topology"] = [],
        ["Geode.Foresight"] = ["Geode.Topology"],
        ["Geode.Personal"] = [],
        ["Geode.Personal.Training"] = ["Geode.Personal"],
        ["Geode.Runtime"] = ["Geode.Topology"],
        ["Geode.Service"] = ["Geode.Topology", "Geode.Foresight", "Geode.Runtime"],
        ["Geode.Recipes"] = ["Geode.Service"],
        ["Geode.Blobs"] = ["Geode.Topology", "Geode.Runtime"],
        ["Geode.Backplane"] = ["Geode.Blobs", "Geode.Topology", "Geode.Runtime"],
        ["Geode.Router"] = ["Geode.Topology", "Geode.Runtime"],
        ["Geode.Control"] = ["Geode.Topology", "Geode.Foresight", "Geode.Runtime"],
        ["Geode.Local"] = ["Geode.Control", "Geode.Topology"],
        ["Geode.Hosting"] = ["Geode.Control", "Geode.Topology"],
        ["Geode.Cli"] = ["Geode.Topology", "Geode.Foresight"],
        ["Geode.Testing"] = ["Geode.Control", "Geode.Local", "Geode.Topology"],
        [TestKit] = ["Geode.Control", "Geode.Topology"],
    };

    private const string TestKit = "Geode.TestKit";
    private const string Bench = "Geode.Bench";

    /// <summary>A service and its app host, written as their author would: an example that tests run.</summary>
    private const string Example = "Geode.Shopping";

    /// <summary>What is wrong, a sentence each.</summary>
    /// <param name="root">The folder of the solution.</param>
    public static IReadOnlyList<string> Broken(string root)
    {
        var engine = Path.Combine(root, "engine");
        var (all, below) = (ProjectFile.Below(root), ProjectFile.Below(engine));
        return
        [
            .. below.SelectMany(project => Outside(project, engine)),
            .. below.Where(project => !IsFree(project.Name)).SelectMany(Forbidden),
            .. all.Where(project => !IsTests(project.Name)).SelectMany(OnTestKit),
            .. Circles(all),
        ];
    }

    private static IEnumerable<string> Outside(ProjectFile project, string engine) => project.Elsewhere
        .Where(path => !path.StartsWith(engine + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        .Select(path => $"{project.Name} is the engine's and names {path}, which is not.");

    private static IEnumerable<string> Forbidden(ProjectFile project) => MayReferTo.TryGetValue(project.Name, out var allowed)
        ? Names(project).Except(allowed).Select(other => $"{project.Name} may not refer to {other}.")
        : [$"{project.Name} is new: say in {nameof(HouseRules)} what it may refer to."];

    private static IEnumerable<string> OnTestKit(ProjectFile project) =>
        Names(project).Where(other => other == TestKit).Select(_ => $"{project.Name} refers to {TestKit}, which is for tests.");

    /// <summary>Takes away, again and again, the projects that refer to none of those left: what stays goes in circles.</summary>
    private static IEnumerable<string> Circles(IReadOnlyList<ProjectFile> all)
    {
        var left = all.ToDictionary(p => p.Path, p => p.References.ToHashSet());
        while (left.Where(p => !p.Value.Overlaps(left.Keys)).Select(p => p.Key).ToList() is { Count: > 0 } ends)
            ends.ForEach(end => left.Remove(end));
        return left.Count == 0 ? [] : [$"In circles: {string.Join(", ", left.Keys.Select(Path.GetFileNameWithoutExtension).Order())}."];
    }

    private static IEnumerable<string> Names(ProjectFile project) => project.References.Select(path => Path.GetFileNameWithoutExtension(path));

    private static bool IsFree(string name) => IsTests(name) || name == Bench || name.StartsWith(Example, StringComparison.Ordinal);

    private static bool IsTests(string name) => name.EndsWith(".Tests", StringComparison.Ordinal);
}
