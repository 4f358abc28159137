using System.Text.Json;

namespace Geode.Service.Publications;

/// <summary>Bytes that every geode is to use: a model, a rule set, a table.</summary>
/// <param name="Name">What they are a version of: 1 to 60 letters from <c>a</c> to <c>z</c>, digits and <c>-</c>.</param>
/// <param name="Bytes">What is to be loaded. Not to be changed before the call that publishes them has ended.</param>
/// <param name="About">Of its making, for people: metrics, the range of its data. May be null; at most 64 KB.</param>
public sealed record Publication(string Name, ReadOnlyMemory<byte> Bytes, JsonElement? About = null)
{
    private const int LongestName = 60;

    internal static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestName } && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <exception cref="ArgumentException">It is no name.</exception>
    internal static string RequireName(string? name) => IsName(name)
        ? name!
        : throw new ArgumentException($"'{name}' is no name of a publication; allowed are 1 to {LongestName} letters from a to z, digits and '-'.", nameof(name));
}
