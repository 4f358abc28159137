namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Chance, and the small values that documents and queries share so that they meet.</summary>
internal sealed class RandomChoice(Random random)
{
    private int _names;

    public int Below(int count) => random.Next(count);

    public bool Chance(int percent) => random.Next(100) < percent;

    public T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];

    /// <summary>A name that is in no scope yet.</summary>
    public string Name() => $"t{_names++}";

    public string Several(int least, int most, Func<string> one) =>
        string.Join(", ", Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => one()));

    public string Number() => Chance(30) ? Pick("0.5", "-1.5", "2.25", "-3", "1e3", "12") : Pick("0", "1", "2", "3");

    /// <summary>Written alike in JSON and in queries.</summary>
    public string Text() => "\"" + Pick("", "a", "a", "ab", "abc", "b", "B", "Ab", "10", "a%b", " a ", "\\u00e9", "\\ud83d\\ude00", "\\ue000", "z\\\"") + "\"";

    public string Primitive() => Below(8) switch
    {
        0 => "null",
        1 => Pick("true", "false"),
        2 or 3 or 4 => Number(),
        _ => Text(),
    };

    public string Value(int depth) => (depth == 0 ? 0 : Below(6)) switch
    {
        4 => $"[{Several(0, 3, () => Value(depth - 1))}]",
        5 => Pick($"{{\"p\": {Value(depth - 1)}}}", $"{{\"q\": {Number()}, \"p\": {Value(depth - 1)}}}", "{}"),
        _ => Primitive(),
    };
}
