using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Geode.Personal;
using Geode.Personal.Training;
using Geode.Service.Backplane;
using Geode.Service.Publications;
using Geode.Service.Roles;
using Microsoft.Extensions.Logging;

namespace Geode.Worker.Personal;

/// <summary>The planet's trainer: looks now and then whether visitors have done enough that is new, learns from it, and publishes what it
/// learned where that is not worse than the model in force on the same held-out deeds.</summary>
internal sealed partial class TasteTraining(
    TrainingData data, TrainingOptions options, Published<TasteModel> published, Publisher publisher, TrainingStatus status, TimeProvider clock,
    ILogger<TasteTraining> logger) : IRole
{
    /// <summary>The role's name.</summary>
    public const string Role = "trainer";

    // After a training so many times as long without: it takes a fifth of a core at most, however much visitors do.
    private const int Rest = 4;

    // One at a time in this process, also when an earlier term's cannot be stopped at once.
    private Task _running = Task.CompletedTask;
    private DateTimeOffset? _learnedUntil;
    private DateTimeOffset? _tried;
    private DateTimeOffset _restsUntil;
    private string? _waiting;

    /// <inheritdoc/>
    public async Task HoldAsync(RoleTerm term, CancellationToken lost)
    {
        status.Holds(true);
        try
        {
            using var timer = new PeriodicTimer(options.Every, clock);
            do
            {
                await LookAsync(term, lost);
            }
            while (await timer.WaitForNextTickAsync(lost));
        }
        finally
        {
            status.Holds(false);
        }
    }

    private async Task LookAsync(RoleTerm term, CancellationToken lost)
    {
        try
        {
            if (await IsReasonAsync(lost))
                await TrainAsync(term, lost);
            _waiting = null;
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !lost.IsCancellationRequested)
        {
            status.Does(TrainingView.Idle);
            if (_waiting != (_waiting = e.Message))
                Waiting(logger, e.Message);
        }
        catch (Exception e) when (!lost.IsCancellationRequested)
        {
            // The role goes to whom it may not fail; here it is seen why.
            status.Did(new(clock.GetUtcNow(), $"Training failed: {e.Message}", null, null));
            throw;
        }
    }

    private async Task<bool> IsReasonAsync(CancellationToken lost)
    {
        if (clock.GetUtcNow() < _restsUntil)
            return false;
        var current = published.Current;
        var since = Later(current?.Value.Until, _learnedUntil);
        var wanted = since is null ? options.FewestDeeds : options.NewDeeds;
        // An old one is made anew from what there is, so that it does not end unused; once in a while, should nothing better come of it.
        var now = clock.GetUtcNow();
        var isOld = current is not null && now - current.At > options.MaxAge / 2 && (_tried is not { } tried || now - tried > options.MaxAge / 20);
        return isOld || await data.CountAsync(since, lost) >= wanted;
    }

    private async Task TrainAsync(RoleTerm term, CancellationToken lost)
    {
        status.Does(TrainingView.Reading);
        var (items, deeds) = await data.ReadAsync(lost);
        var inForce = published.Current is { } current && clock.GetUtcNow() - current.At < options.MaxAge ? current.Value : null;
        status.Does(TrainingView.Training);
        Begun(logger, deeds.Count, items.Count);
        var start = clock.GetTimestamp();
        _tried = clock.GetUtcNow();
        if (deeds.Count > 0)
            _learnedUntil = deeds.Max(deed => deed.At);
        var trained = await LearnAsync(items, deeds, inForce, lost);
        var took = clock.GetElapsedTime(start);
        _restsUntil = clock.GetUtcNow() + Rest * took;
        if (trained is null)
        {
            Ended($"There is too little to learn from: {deeds.Count} deeds.", null, null);
            return;
        }

        var bytes = trained.Model.Write();
        var metrics = new TrainingMetrics(
            trained.Quality, trained.InForce, trained.Trending, trained.Deeds, trained.Visitors, items.Count, trained.First, trained.Last,
            took.TotalSeconds, bytes.Length);
        if (!trained.IsNotWorse)
        {
            var stays = trained.InForce is null ? "general order" : "model in force";
            Ended(
                trained.Judged == 0
                ? $"The {stays} stays: nobody of those who judge has liked anything that could be told."
                : FormattableString.Invariant($"The {stays} stays: its NDCG@10 is {trained.InForce ?? trained.Trending:0.0000}, the new model's {trained.Quality:0.0000}."),
                null, metrics);
            return;
        }

        status.Does(TrainingView.Publishing);
        var version = await publisher.PublishAsync(new(Tastes.Publication, bytes, JsonSerializer.SerializeToElement(metrics, BackplaneJson.Options)), term, lost);
        Ended(
            FormattableString.Invariant($"Published {version}: NDCG@10 {trained.Quality:0.0000}, before {trained.InForce?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "none"}, trending {trained.Trending:0.0000}."),
            version.ToString(), metrics);
    }

    private async Task<Trained?> LearnAsync(IReadOnlyList<Item> items, IReadOnlyList<Deed> deeds, TasteModel? inForce, CancellationToken lost)
    {
        await _running.WaitAsync(lost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lost.ThrowIfCancellationRequested();
        var learning = OwnThread.RunAsync("training", () => Learn(items, deeds, inForce, lost));
        _running = learning;
        return await learning.WaitAsync(lost);
    }

    // In a method of its own: ML.NET and its libraries are loaded when this is first run, and on a planet without visitors never.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Trained? Learn(IReadOnlyList<Item> items, IReadOnlyList<Deed> deeds, TasteModel? inForce, CancellationToken lost) =>
        TasteTrainer.Train(items, deeds, inForce, new(options.FewestDeeds, options.FewestVisitors), lost);

    private void Ended(string outcome, string? version, TrainingMetrics? metrics)
    {
        status.Did(new(clock.GetUtcNow(), outcome, version, metrics));
        Told(logger, outcome);
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    [LoggerMessage(Level = LogLevel.Information, Message = "Training begins, on {Deeds} deeds and {Items} questions")]
    private static partial void Begun(ILogger logger, int deeds, int items);

    [LoggerMessage(Level = LogLevel.Information, Message = "Training has ended. {Outcome}")]
    private static partial void Told(ILogger logger, string outcome);

    [LoggerMessage(Level = LogLevel.Information, Message = "Training waits for the backplane: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);
}
