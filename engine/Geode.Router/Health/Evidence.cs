namespace Geode.Router.Health;

/// <summary>The latest thing that was held against an origin.</summary>
/// <param name="At">Timestamp from which on it is true: an answer that came later disproves it.</param>
internal sealed record Evidence(Ailment Ailment, long At)
{
    public static Evidence None { get; } = new(Ailment.None, 0);
}
