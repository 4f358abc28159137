namespace Geode.Personal.Tests;

/// <summary>Visitors who like the items of one tag and now and then another: small enough to train on in a moment.</summary>
internal static class SmallWorld
{
    public static DateTimeOffset Start { get; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset End { get; } = Start.AddDays(30);

    private static readonly string[] Topics = ["rust", "sql", "css", "rest"];

    public static IReadOnlyList<Item> Items { get; } =
    [
        .. Enumerable.Range(0, 80).Select(i => new Item(
            $"q{i:00}", [Topics[i % Topics.Length]], $"How does {Topics[i % Topics.Length]} do number {i}?", Start.AddHours(i * 3), i * 7 % 13)),
    ];

    public static IReadOnlyList<Deed> Deeds(int visitors = 60, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, visitors).SelectMany(v =>
            {
                var order = Enumerable.Range(0, Items.Count).ToArray();
                random.Shuffle(order);
                return order.OrderByDescending(i => i % Topics.Length == v % Topics.Length ? random.NextDouble() + 0.7 : random.NextDouble()).Take(15)
                    .Select((i, n) => new Deed($"v{v:00}", Items[i].Id, i % Topics.Length == v % Topics.Length ? 1 : -0.5, Start.AddDays(15).AddMinutes(n * 60 + v)))
                    .ToArray();
            }),
        ];
    }

    public static IReadOnlyDictionary<string, Item> Known { get; } = Items.ToDictionary(i => i.Id);

    private static readonly Lazy<TasteModel> Trained = new(() => Personal.Training.TasteTrainer.Learn(Items, Deeds(), 1, CancellationToken.None));

    public static TasteModel Model => Trained.Value;

    public static IReadOnlyList<Deed> Liker(string tag, int deeds = 4) =>
        [.. Items.Where(i => i.Tags.Contains(tag)).Take(deeds).Select((i, n) => new Deed("me", i.Id, 1, End.AddHours(-n)))];
}
