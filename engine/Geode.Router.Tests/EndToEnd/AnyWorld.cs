using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>What an origin does with a request.</summary>
internal enum Does
{
    Answers,
    AnswersSlowly,
    Refuses,
    IsSilent,
    Resets,
    Declines,
}

/// <summary>What the router believes of an origin, rightly or not.</summary>
internal enum Believed
{
    Healthy,
    Unready,
    Silent,
    Unreachable,
}

/// <param name="Load">Of its limit: 0, 0.7, 1 (full), or 4 (it gets no more).</param>
/// <param name="Stumbled">The last request it took it broke off.</param>
internal sealed record AnyOrigin(Does Does, Believed Believed, double Load, bool Draining, bool Stumbled)
{
    /// <summary>It may be given a request, and would answer it.</summary>
    public bool Would => Does is Does.Answers or Does.AnswersSlowly && !Draining && Load < 4;

    public bool Fails => Does is Does.Resets or Does.Declines;

    /// <summary>Without a budget, only who has room to spare is given what another one failed at.</summary>
    public bool Spare => Load < 0.5 && !Stumbled;
}

/// <summary>A router and its origins at some moment, at random.</summary>
internal sealed record AnyWorld(IReadOnlyList<AnyOrigin> Origins, bool BudgetsEmpty, string Method)
{
    private static readonly string[] Methods = ["GET", "GET", "PUT", "POST+key", "POST"];

    public static AnyWorld From(Random random)
    {
        while (true)
        {
            var origins = Enumerable.Range(0, random.Next(2, 7)).Select(_ => new AnyOrigin(
                random.GetItems(Enum.GetValues<Does>(), 1)[0],
                random.GetItems(Enum.GetValues<Believed>(), 1)[0],
                random.GetItems([0, 0, 0, 0.7, 1, 4], 1)[0],
                random.Next(6) == 0,
                random.Next(4) == 0)).ToList();
            var world = new AnyWorld(origins, random.Next(2) == 0, random.GetItems(Methods, 1)[0]);
            if (world.MustBeAnswered)
                return world;
        }
    }

    /// <summary>Some origin would answer, and none of the two reasons for giving up applies: a request that three origins failed at,
    /// and one that failed when nothing is left to pay another try with, and nobody has room to spare.</summary>
    private bool MustBeAnswered
    {
        get
        {
            var failing = Origins.Count(o => o.Fails && !o.Draining && o.Load < 4);
            return Origins.Any(o => o.Would) && failing <= 2
                && (failing == 0 || !BudgetsEmpty || Origins.Any(o => o.Would && o.Spare));
        }
    }

    public bool Once => Method == "POST";

    /// <summary>Brings a router that has just started into this state.</summary>
    public void Impose(TestRouter router)
    {
        foreach (var (origin, wanted) in router.Snapshot.Origins.Zip(Origins))
        {
            Impose(origin.Health, wanted.Believed);
            for (var i = 0; i < Math.Ceiling(wanted.Load * origin.Limit.Current); i++)
                origin.InFlight.RequestStarted();
            if (wanted.Stumbled)
                origin.Health.Stumble();
            origin.DrainedByPerson = wanted.Draining;
        }

        while (BudgetsEmpty && (router.Snapshot.RetryBudget.TryTake() || router.Snapshot.HedgeBudget.TryTake()))
        {
        }
    }

    private static void Impose(OriginHealth health, Believed believed)
    {
        for (var i = 0; i < 3; i++)
        {
            if (believed == Believed.Healthy)
                health.ProbeSucceeded();
            else
                health.ProbeFailed("a test says so", believed switch
                {
                    Believed.Silent => Ailment.Silent,
                    Believed.Unreachable => Ailment.Unreachable,
                    _ => Ailment.Unready,
                });
        }
    }

    public override string ToString() =>
        $"{Method}{(BudgetsEmpty ? ", budgets empty" : "")}: {string.Join("; ", Origins.Select(o => $"{o.Does}, believed {o.Believed}, load {o.Load}{(o.Draining ? ", draining" : "")}{(o.Stumbled ? ", stumbled" : "")}"))}";
}
