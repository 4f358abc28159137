namespace Geode.Router.Health;

/// <summary>Who says that a try failed. All tries of one client are one witness: whoever can make an origin fail at what it sends,
/// could else say so as often as it likes. Where no client can have had a hand in it, each try is a witness of its own.</summary>
internal readonly record struct Witness(UInt128 Client, long Try)
{
    private static long _tries;

    public static Witness Of(UInt128 client) => new(client, 0);

    public static Witness OfTry() => new(default, Interlocked.Increment(ref _tries));
}
