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
internal sealed record AnyInstance(Does Does, Believed Believed, double Load, bool Stumbled)
{
    /// <summary>It may be given a request, and would answer it.</summary>
    public bool Would => Does is Does.Answers or Does.AnswersSlowly && Load < 4;

    public bool Fails => Does is Does.Resets or Does.Declines && Load < 4;

    /// <summary>Without a budget, only who has room to spare is given what another one failed at.</summary>
    public bool Spare => Load < 0.5 && !Stumbled;

    public override string ToString() => $"{Does}, believed {Believed}, load {Load}{(Stumbled ? ", stumbled" : "")}";
}

/// <param name="Instances">One or more; those that it has once it is awake.</param>
/// <param name="Asleep">It has none of them, until it is woken.</param>
internal sealed record AnyOrigin(IReadOnlyList<AnyInstance> Instances, bool Draining, bool DrainedByPlan, bool Asleep)
{
    public override string ToString() =>
        $"{(Asleep ? "asleep " : "")}{(Draining ? "draining " : "")}{(DrainedByPlan ? "drained by plan " : "")}[{string.Join(" | ", Instances)}]";
}

/// <summary>A router and its origins at some moment, at random.</summary>
internal sealed record AnyWorld(IReadOnlyList<AnyOrigin> Origins, bool BudgetsEmpty, string Method)
{
    private static readonly string[] Methods = ["GET", "GET", "PUT", "POST+key", "POST"];

    public static AnyWorld From(Random random)
    {
        while (true)
        {
            var origins = Enumerable.Range(0, random.Next(2, 6)).Select(_ => AnyOrigin(random)).ToList();
            var world = new AnyWorld(origins, random.Next(2) == 0, random.GetItems(Methods, 1)[0]);
            if (world.MustBeAnswered)
                return world;
        }
    }

    private static AnyOrigin AnyOrigin(Random random)
    {
        var asleep = random.Next(5) == 0;
        var instances = Enumerable.Range(0, random.GetItems([1, 1, 2, 3], 1)[0]).Select(_ => new AnyInstance(
            // One that takes no connection never wakes.
            random.GetItems(Enum.GetValues<Does>(), 1)[0] is var does && asleep && does == Does.Refuses ? Does.Answers : does,
            asleep ? Believed.Healthy : random.GetItems(Enum.GetValues<Believed>(), 1)[0],
            asleep ? 0 : random.GetItems([0, 0, 0, 0.7, 1, 4], 1)[0],
            !asleep && random.Next(4) == 0)).ToList();
        return new(instances, random.Next(6) == 0, random.Next(6) == 0, asleep);
    }

    /// <summary>Some instance would answer, and none of the two reasons for giving up applies: a request that three instances failed at,
    /// and one that failed when nothing is left to pay another try with, and nobody has room to spare.</summary>
    private bool MustBeAnswered
    {
        get
        {
            var may = Origins.Where(o => !o.Draining).SelectMany(o => o.Instances).ToList();
            var failing = may.Count(i => i.Fails);
            // A budget that is not empty pays for one try; it must be left for the one that answers.
            var paid = !BudgetsEmpty && may.All(i => !i.Fails || i.Spare);
            return may.Any(i => i.Would) && failing <= 2 && (failing == 0 || paid || may.Any(i => i.Would && i.Spare));
        }
    }

    public bool Once => Method == "POST";

    /// <summary>Brings a router that has just started into this state.</summary>
    public void Impose(TestRouter router)
    {
        foreach (var (origin, wanted) in router.Snapshot.Origins.Zip(Origins))
        {
            origin.DrainedByPerson = wanted.Draining;
            origin.DrainedByPlan = wanted.DrainedByPlan;
            foreach (var (instance, its) in origin.Instances.Zip(wanted.Instances))
                Impose(instance, its);
        }

        while (BudgetsEmpty && (router.Snapshot.RetryBudget.TryTake() || router.Snapshot.HedgeBudget.TryTake()))
        {
        }
    }

    private static void Impose(OriginInstance instance, AnyInstance wanted)
    {
        for (var i = 0; i < 3; i++)
        {
            if (wanted.Believed == Believed.Healthy)
                instance.Health.ProbeSucceeded();
            else
                instance.Health.ProbeFailed("a test says so", wanted.Believed switch
                {
                    Believed.Silent => Ailment.Silent,
                    Believed.Unreachable => Ailment.Unreachable,
                    _ => Ailment.Unready,
                });
        }

        for (var i = 0; i < Math.Ceiling(wanted.Load * instance.Limit.Current); i++)
            instance.InFlight.RequestStarted();
        if (wanted.Stumbled)
            instance.Health.Stumble();
    }

    public override string ToString() => $"{Method}{(BudgetsEmpty ? ", budgets empty" : "")}: {string.Join("; ", Origins)}";
}
