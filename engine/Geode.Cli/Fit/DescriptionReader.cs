using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Fit;

/// <summary>Reads the description of a system from JSON; comments and trailing commas are fine.</summary>
internal static class DescriptionReader
{
    private static readonly string[] Shape = ["name", "users", "latencyMs", "survives", "residency", "sessionState", "platform", "consistency"];

    /// <param name="traffic">Measured, instead of the file's <c>users</c>; null: not measured.</param>
    /// <exception cref="PlanetException">One line: the path in the file, what is wrong, what is allowed.</exception>
    public static SystemDescription Read(string json, string source, IReadOnlyList<UserGroup>? traffic)
    {
        var root = new JsonSource(source).Parse(json).Object(Shape);
        if (traffic is not null && root["users"].Exists)
            throw root["users"].Error("is given, and measured traffic too; leave one of them out");
        return new(
            root["name"].Text("the system"),
            traffic ?? Users(root["users"]),
            root["latencyMs"].Exists ? root["latencyMs"].Number(null, 1, 10_000) : null,
            Word(root["survives"], Words.Losses),
            Word(root["residency"], Words.Residencies),
            Word(root["sessionState"], Words.SessionStates),
            Word(root["platform"], Words.Platforms),
            Word(root["consistency"], Words.Consistencies))
        {
            IsMeasured = traffic is not null,
        };
    }

    private static List<UserGroup> Users(JsonPlace place)
    {
        var users = new List<UserGroup>();
        foreach (var item in place.Array(1, what: "places and their shares"))
        {
            var group = item.Object("place", "share");
            var name = group["place"].Text();
            var found = Places.Find(name)
                ?? throw group["place"].Error($"'{name}' is no place that is known{Spelling.DidYouMean(name, Places.All.Select(p => p.Name))}; allowed are cities such as amsterdam, and Azure regions");
            if (users.Any(u => u.Place == found))
                throw group["place"].Error($"'{name}' is given twice; each may be given once");
            users.Add(new(found, group["share"].Number(null, 0)));
        }

        return Shares.Of(users) ?? throw place.Error("has only shares of 0; give at least one place a share above 0");
    }

    private static T Word<T>(JsonPlace place, IReadOnlyDictionary<string, T> words)
    {
        string[] allowed = [.. words.Keys];
        return place.Exists ? words[place.OneOf(allowed[0], allowed)] : throw place.Error($"is missing; give one of {string.Join(", ", allowed)}");
    }
}
