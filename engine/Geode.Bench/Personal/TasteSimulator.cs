using Geode.Personal;

namespace Geode.Bench.Personal;

/// <summary>
/// A world of visitors with planted tastes. There are 40 tags, some more common than others, each with words of its own and one other tag that
/// goes with it. 600 items come over 60 days, each with one to three tags, a title and a quality that everybody sees. A visitor has two or three favourite
/// tags and one that puts them off, comes at random times (the last fifth of them in the last fifth of the time), and sees what is new and of quality, what is of a favourite tag thrice as often as not. Of what
/// they see they like most of their favourite tags and little else, and the rest they look at, or dislike. A third of the visitors have done few things.
/// </summary>
internal sealed class TasteSimulator(int seed)
{
    public const int Tags = 40;
    public const int Items = 600;
    public const int Visitors = 1_000;
    private const int Days = 60;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);

    public (IReadOnlyList<Item> Items, IReadOnlyList<Deed> Deeds) Run()
    {
        var items = Enumerable.Range(0, Items).Select(MakeItem).ToArray();
        var quality = Array.ConvertAll(items, _ => Normal());
        var deeds = Enumerable.Range(0, Visitors).SelectMany(v => Visit($"v{v:0000}", v % 3 == 0 ? _random.Next(2, 6) : _random.Next(6, 60), items, quality)).ToList();
        return (items, deeds);
    }

    private Item MakeItem(int number)
    {
        var tag = CommonTag();
        var tags = new HashSet<int> { tag };
        if (_random.NextDouble() < 0.5) tags.Add(tag ^ 1);
        if (_random.NextDouble() < 0.3) tags.Add(CommonTag());
        var words = Enumerable.Range(0, 6).Select(_ => _random.NextDouble() < 0.5 ? $"t{tag}w{_random.Next(12)}" : $"word{_random.Next(300)}");
        return new($"i{number:0000}", [.. tags.Select(t => $"tag{t}")], string.Join(' ', words), Start.AddDays(Days * _random.NextDouble()));
    }

    private IEnumerable<Deed> Visit(string visitor, int count, Item[] items, double[] quality)
    {
        HashSet<string> favourites = [.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => $"tag{CommonTag()}")];
        var putsOff = $"tag{CommonTag()}";
        var seen = new HashSet<int>();
        foreach (var at in Times(count))
        {
            if (See(at, items, quality, favourites, seen) is not { } item) continue;
            seen.Add(item);
            yield return new(visitor, items[item].Id, Value(items[item], quality[item], favourites, putsOff), at);
        }
    }

    // The last fifth of what each does is in the last fifth of the time, so that what is learned from comes before what is to be told.
    private DateTimeOffset[] Times(int count)
    {
        var early = count - Math.Max(1, count / 5);
        return [.. Enumerable.Range(0, count).Select(n => n < early ? 1 + (0.8 * Days - 1) * _random.NextDouble() : 0.8 * Days + 0.2 * Days * _random.NextDouble()).Order().Select(Start.AddDays)];
    }

    // One of those that are there, by weight.
    private int? See(DateTimeOffset at, Item[] items, double[] quality, HashSet<string> favourites, HashSet<int> seen)
    {
        var weights = new double[items.Length];
        for (var i = 0; i < items.Length; i++)
            if (items[i].At <= at && !seen.Contains(i))
                weights[i] = Math.Exp(0.7 * quality[i] - (at - items[i].At).TotalDays / 15) * (items[i].Tags.Any(favourites.Contains) ? 3 : 1);
        var left = weights.Sum() * _random.NextDouble();
        for (var i = 0; i < weights.Length; i++)
            if (weights[i] > 0 && (left -= weights[i]) <= 0)
                return i;
        return null;
    }

    private double Value(Item item, double quality, HashSet<string> favourites, string putsOff)
    {
        var likes = item.Tags.Contains(putsOff) ? 0.05 : item.Tags.Any(favourites.Contains) ? 0.8 : 0.12;
        if (_random.NextDouble() < Math.Clamp(likes + 0.05 * quality, 0.02, 0.95)) return 1;
        return _random.NextDouble() < (item.Tags.Contains(putsOff) ? 0.6 : 0.15) ? -1 : Deed.View;
    }

    // Zipf's law, roughly: the fortieth is a tenth as common as the first.
    private int CommonTag() => (int)(Tags * Math.Pow(_random.NextDouble(), 1.8));

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
