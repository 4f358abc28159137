using System.Text.Json;

namespace Geode.Service.Publications;

/// <summary>The version of a publication that this process uses.</summary>
/// <param name="current">To begin with; for tests of who uses it.</param>
public sealed class Published<T>(PublishedVersion<T>? current = null)
    where T : class
{
    private volatile PublishedVersion<T>? _current = current;

    /// <summary>Null: none has arrived that could be used. Take it once per request: the next look may show another.</summary>
    public PublishedVersion<T>? Current => _current;

    internal void Take(PublishedVersion<T>? version) => _current = version;
}

/// <param name="Value">What its reader made of it.</param>
/// <param name="Version">Which it is.</param>
/// <param name="At">When it was published, by its publisher's clock.</param>
/// <param name="Region">Where.</param>
/// <param name="About">What its publisher said about it.</param>
public sealed record PublishedVersion<T>(T Value, PublicationVersion Version, DateTimeOffset At, string? Region = null, JsonElement? About = null);
