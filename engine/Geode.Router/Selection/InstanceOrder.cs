using Geode.Router.Health;
using Geode.Router.Origins;

namespace Geode.Router.Selection;

/// <summary>Which of an origin's instances a request goes to: of two at random the one with fewer requests under way, so that no instance is
/// herded to, whoever else chooses. Where one of the two is not as it should be, all are looked at.</summary>
/// <remarks>Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing" (2001).</remarks>
internal static class InstanceOrder
{
    private const int Good = 0;
    private const int SecondBest = 1;
    private const int Full = 2;
    private const int Unwell = 3;

    /// <summary>The less busy of two at random.</summary>
    /// <param name="instances">Two or more.</param>
    /// <returns>Null: not both are as they should be, and <see cref="Best"/> has to look at all.</returns>
    public static OriginInstance? OfTwo(OriginInstance[] instances, Random random)
    {
        var first = random.Next(instances.Length);
        var second = random.Next(instances.Length - 1);
        var (a, b) = (instances[first], instances[second < first ? second : second + 1]);
        return !IsPlain(a) || !IsPlain(b) ? null : b.InFlight.Working < a.InFlight.Working ? b : a;
    }

    /// <summary>The least busy of the best.</summary>
    /// <param name="tried">Those that have had this request already.</param>
    /// <param name="avoids">Whether this client has found one to fail; asked only of those that some client found so.</param>
    /// <param name="wellOnly">When none is well and has room, choose none.</param>
    /// <returns>Null: none may be given the request.</returns>
    public static OriginInstance? Best(
        OriginInstance[] instances, Func<OriginInstance, bool> tried, Func<OriginInstance, bool> avoids, bool wellOnly, Random random)
    {
        if (instances.Length == 0)
            return null;
        OriginInstance? best = null;
        var (rank, burden) = (wellOnly ? SecondBest : Unwell, int.MaxValue);
        // From anywhere in the list, so that equals are equal.
        var start = random.Next(instances.Length);
        for (var k = 0; k < instances.Length; k++)
        {
            var instance = instances[(start + k) % instances.Length];
            if (tried(instance) || instance.Choked)
                continue;
            var its = Rank(instance, avoids, random);
            var burdened = its == Unwell ? (int)instance.Ailment : instance.InFlight.Working;
            if (its < rank || (its == rank && burdened < burden))
                (best, rank, burden) = (instance, its, burdened);
        }

        return best;
    }

    /// <summary>Nothing is to be said about it.</summary>
    private static bool IsPlain(OriginInstance instance) =>
        instance.Health is { State: OriginState.Healthy, Opinions.Any: false } health && !instance.Full && health.Share >= 1;

    private static int Rank(OriginInstance instance, Func<OriginInstance, bool> avoids, Random random)
    {
        var state = instance.Health.State;
        if (state == OriginState.Unhealthy || (instance.Health.Opinions.Any && avoids(instance)))
            return Unwell;
        if (instance.Full)
            return Full;
        var share = instance.Health.Share;
        return state != OriginState.Healthy || (share < 1 && random.NextDouble() >= share) ? SecondBest : Good;
    }
}
