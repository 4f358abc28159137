namespace Geode.Worker.Personal;

/// <summary>What the trainer of this process does, for people.</summary>
internal sealed class TrainingStatus(TimeProvider clock)
{
    private volatile TrainingView _now = new(false, TrainingView.Idle, null, null);

    public TrainingView Now => _now;

    /// <summary>The role has been taken, or is lost.</summary>
    public void Holds(bool holder) => _now = _now with { Holder = holder, State = TrainingView.Idle, Since = clock.GetUtcNow() };

    /// <param name="state">One of <see cref="TrainingView"/>'s.</param>
    public void Does(string state) => _now = _now with { State = state, Since = clock.GetUtcNow() };

    public void Did(TrainingResult result) => _now = _now with { State = TrainingView.Idle, Since = clock.GetUtcNow(), Last = result };
}

/// <summary>What <c>GET /api/personal/training</c> of a Worker shows.</summary>
/// <param name="Holder">Whether this process is the planet's trainer.</param>
/// <param name="State">What it does: <c>idle</c>, <c>reading</c>, <c>training</c> or <c>publishing</c>.</param>
/// <param name="Since">Since when.</param>
/// <param name="Last">What came of the last training here.</param>
internal sealed record TrainingView(bool Holder, string State, DateTimeOffset? Since, TrainingResult? Last)
{
    public const string Idle = "idle";
    public const string Reading = "reading";
    public const string Training = "training";
    public const string Publishing = "publishing";
}

/// <param name="At">When it ended.</param>
/// <param name="Outcome">In words.</param>
/// <param name="Version">What was published; null: nothing.</param>
/// <param name="Metrics">Null: there was too little to learn from, or it failed.</param>
internal sealed record TrainingResult(DateTimeOffset At, string Outcome, string? Version, TrainingMetrics? Metrics);

/// <summary>Of a model's making; goes with it. Nothing here is about a visitor.</summary>
/// <param name="Quality">NDCG at 10 on deeds that it was not trained on.</param>
/// <param name="InForce">The same of the model that was in force; null: none was.</param>
/// <param name="Trending">The same of the order that suits everybody.</param>
/// <param name="Deeds">How many it was made of.</param>
/// <param name="Visitors">Of how many visitors.</param>
/// <param name="Items">How many questions there were.</param>
/// <param name="First">The oldest deed's time.</param>
/// <param name="Last">The newest deed's.</param>
/// <param name="Seconds">How long the training took.</param>
/// <param name="Bytes">How large the model is.</param>
internal sealed record TrainingMetrics(
    double Quality, double? InForce, double Trending, int Deeds, int Visitors, int Items, DateTimeOffset First, DateTimeOffset Last, double Seconds, int Bytes);
