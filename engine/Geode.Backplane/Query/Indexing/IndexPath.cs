using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Query.Indexing;

/// <summary>How far an index path reaches.</summary>
public enum IndexPathEnd
{
    /// <summary>It says nothing, as in a composite index: the value there.</summary>
    None,

    /// <summary><c>/?</c>: the value there.</summary>
    Value,

    /// <summary><c>/*</c>: the value there and everything below it.</summary>
    Subtree,
}

/// <summary>
/// A path of an indexing policy: <c>/a/"b c"/[]/d/?</c>. A step is a property name (quoted when it has other than letters, digits and
/// underscores), <c>[]</c> for every item of an array, or <c>[3]</c> for one. <c>/</c> alone is the root.
/// </summary>
/// <param name="Steps">Property names, and <see cref="Items"/> for array items.</param>
/// <param name="HasTuple">The last step is a set of paths, <c>{a, b/c}</c>, which are indexed together.</param>
public sealed record IndexPath(IReadOnlyList<string> Steps, IndexPathEnd End, bool HasTuple = false)
{
    /// <summary>The step of array items. No property's name can be mistaken for it: a name that has brackets is quoted, and kept with its quotes.</summary>
    public const string Items = "[]";

    /// <exception cref="FormatException">The text is no such path; the message says where.</exception>
    public static IndexPath Parse(string text)
    {
        if (text is "/")
            return new IndexPath([], IndexPathEnd.Subtree);
        var steps = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] != '/')
                throw Malformed(text, at);
            at++;
            if (text.AsSpan(at) is "?" or "*")
                return new IndexPath(steps, text[at] == '?' && steps.Count > 0 ? IndexPathEnd.Value : text[at] == '*' ? IndexPathEnd.Subtree : throw Malformed(text, at));
            if (at < text.Length && text[at] == '{')
                return Tuple(text, at, steps);
            steps.Add(Step(text, ref at));
        }

        return steps.Count > 0 ? new IndexPath(steps, IndexPathEnd.None) : throw Malformed(text, 0);
    }

    /// <summary>A property's name as a step.</summary>
    public static string Named(string name) => name is Items ? $"\"{name}\"" : name;

    /// <summary>Whether the value at these steps is what the path speaks of.</summary>
    public bool Covers(IReadOnlyList<string> steps)
    {
        if (HasTuple || steps.Count < Steps.Count || (End != IndexPathEnd.Subtree && steps.Count != Steps.Count))
            return false;
        for (var i = 0; i < Steps.Count; i++)
        {
            if (Steps[i] != steps[i])
                return false;
        }

        return true;
    }

    private static IndexPath Tuple(string text, int at, List<string> steps)
    {
        var end = text.IndexOf('}', at);
        if (steps.Count == 0 || steps[^1] != Items || steps.Count(s => s == Items) != 1 || end < 0 || text[(end + 1)..] != "/?")
            throw Malformed(text, at);
        foreach (var part in text[(at + 1)..end].Split(','))
        {
            var path = part.Trim();
            if (path.Contains("[]", StringComparison.Ordinal))
                throw Malformed(text, at);
            for (var inner = 0; inner <= path.Length; inner++)
                Step(path, ref inner);
        }

        return new IndexPath(steps, IndexPathEnd.Value, HasTuple: true);
    }

    private static string Step(string text, ref int at)
    {
        if (at < text.Length && text[at] is '"' or '\'')
            return Named(Quoted(text, ref at));
        var end = text.IndexOf('/', at);
        if (end < 0)
            end = text.Length;
        var step = text[at..end];
        if (step is ['[', .. var index, ']'] && index.All(char.IsAsciiDigit))
        {
            at = end;
            return Items;
        }

        for (var i = at; i < end; i++)
        {
            if (!char.IsLetterOrDigit(text[i]) && text[i] != '_')
                throw Malformed(text, i);
        }

        if (step.Length == 0)
            throw Malformed(text, at);
        at = end;
        return step;
    }

    // Quoting is the same as in partition keys.
    private static string Quoted(string text, ref int at)
    {
        var end = at + 1;
        while (end < text.Length && text[end] != text[at])
            end += text[end] == '\\' ? 2 : 1;
        if (end >= text.Length || (end + 1 < text.Length && text[end + 1] != '/'))
            throw Malformed(text, Math.Min(end, text.Length));
        try
        {
            var name = PartitionKeyPath.Parse($"/{text[at..(end + 1)]}").Segments[0];
            at = end + 1;
            return name;
        }
        catch (FormatException)
        {
            throw Malformed(text, at);
        }
    }

    private static FormatException Malformed(string text, int at) => new(
        $"The indexing path '{text}' could not be accepted, failed near position '{at}'. Please ensure that the path is a valid path. Common errors include invalid characters or absence of quotes around labels.");
}
