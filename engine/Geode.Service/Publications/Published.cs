namespace Geode.Service.Publications;

/// <summary>The version of a publication that this process uses.</summary>
public sealed class Published<T>
    where T : class
{
    private volatile PublishedVersion<T>? _current;

    /// <summary>Null: none has arrived that could be used. Take it once per request: the next look may show another.</summary>
    public PublishedVersion<T>? Current => _current;

    internal void Take(PublishedVersion<T>? version) => _current = version;
}

/// <param name="Value">What its reader made of it.</param>
/// <param name="Version">Which it is.</param>
/// <param name="At">When it was published.</param>
public sealed record PublishedVersion<T>(T Value, PublicationVersion Version, DateTimeOffset At);
