namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Small documents in which much is missing, empty, twice, or of another type than expected.</summary>
internal sealed class RandomDocuments(RandomChoice choice)
{
    public List<string> Make(int count) => [.. Enumerable.Range(0, count).Select(Document)];

    private string Document(int number)
    {
        var members = new List<string>();
        Maybe(members, 80, "a", () => choice.Value(2));
        Maybe(members, 80, "b", choice.Number);
        Maybe(members, 70, "s", choice.Text);
        Maybe(members, 60, "m", () => choice.Pick("true", "false", "true", "null", "1"));
        Maybe(members, 70, "n", () => Mostly($"{{\"x\": {choice.Value(1)}, \"list\": [{choice.Several(0, 3, choice.Primitive)}]}}"));
        Maybe(members, 85, "tags", () => Mostly($"[{choice.Several(0, 4, choice.Primitive)}]"));
        Maybe(members, 85, "nums", () => $"[{choice.Several(0, 4, choice.Number)}]");
        Maybe(members, 85, "items", () => Mostly($"[{choice.Several(0, 3, Item)}]"));
        var order = members.OrderBy(_ => choice.Below(1000));
        return $"{{{string.Join(", ", order.Prepend($"\"pk\": \"k{choice.Below(4)}\"").Prepend($"\"id\": \"d{number:00}\""))}}}";
    }

    private string Item()
    {
        var members = new List<string>();
        Maybe(members, 80, "p", () => choice.Value(1));
        Maybe(members, 80, "q", choice.Number);
        Maybe(members, 60, "list", () => $"[{choice.Several(0, 3, choice.Primitive)}]");
        return $"{{{string.Join(", ", members)}}}";
    }

    private string Mostly(string value) => choice.Chance(90) ? value : choice.Value(1);

    private void Maybe(List<string> members, int percent, string name, Func<string> value)
    {
        if (choice.Chance(percent))
            members.Add($"\"{name}\": {value()}");
    }
}
