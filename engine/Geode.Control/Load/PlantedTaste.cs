using Geode.Topology;

namespace Geode.Control.Load;

/// <summary>What a simulated client likes: two of eight topics, always the same for its city and number. So what a service learns of a
/// client by its deeds can be held against what is true.</summary>
internal sealed class PlantedTaste
{
    /// <summary>What simulated clients talk about; each is the tag of its questions.</summary>
    public static IReadOnlyList<string> Topics { get; } =
        ["rust", "databases", "networks", "astronomy", "cooking", "gardening", "music", "travel"];

    private static readonly IReadOnlyList<string>[] Pairs =
        [.. from first in Topics from second in Topics.SkipWhile(topic => topic != first).Skip(1) select (string[])[first, second]];

    private PlantedTaste(IReadOnlyList<string> liked) => Liked = liked;

    /// <summary>Two topics.</summary>
    public IReadOnlyList<string> Liked { get; }

    /// <summary>The taste of the city's client of that number: of the 28 pairs of topics, neighbours in a city get pairs far apart.</summary>
    public static PlantedTaste Of(Place city, int number) => new(Pairs[(city.Number + 11 * number) % Pairs.Length]);

    public bool Likes(IEnumerable<string> tags) => tags.Any(Liked.Contains);

    /// <summary>Something to ask about a topic.</summary>
    public static string Title(string topic, Place city, int kind) => (kind % 4) switch
    {
        0 => $"Where does one begin with {topic} in {city.DisplayName}?",
        1 => $"What is the hardest part of {topic}, seen from {city.DisplayName}?",
        2 => $"Who in {city.DisplayName} knows about {topic}?",
        _ => $"Which book on {topic} do people in {city.DisplayName} read?",
    };
}
