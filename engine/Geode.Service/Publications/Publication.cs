using System.Text.Json;

namespace Geode.Service.Publications;

/// <summary>Bytes that every geode is to use: a model, a rule set, a table.</summary>
/// <param name="Name">What they are a version of: letters, digits and <c>-</c>.</param>
/// <param name="Bytes">What is to be loaded.</param>
/// <param name="About">Of its making, for people: metrics, the range of its data. May be null.</param>
public sealed record Publication(string Name, ReadOnlyMemory<byte> Bytes, JsonElement? About = null);

/// <summary>A version of a publication; a later one has a higher fence, or the same fence and a higher number.</summary>
/// <param name="Fence">Of the role that published it; see <c>Fence</c>.</param>
/// <param name="Number">Counted by its holder.</param>
public readonly record struct PublicationVersion(long Fence, int Number) : IComparable<PublicationVersion>
{
    public int CompareTo(PublicationVersion other) => (Fence, Number).CompareTo((other.Fence, other.Number));

    public override string ToString() => $"{Fence}.{Number}";
}
