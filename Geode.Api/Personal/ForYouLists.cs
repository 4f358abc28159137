using Geode.Api.Documents;
using Geode.Api.Questions;
using Geode.Personal;
using Geode.Service.Identity;
using Geode.Service.Publications;
using Microsoft.Extensions.Logging;

namespace Geode.Api.Personal;

/// <summary>Pages of questions in the order that suits one visitor: the newest and the best of this region's replica, ranked here by what the
/// visitor did and the model in force. What the visitor asked, answered or voted on comes after everything else.</summary>
internal sealed partial class ForYouLists(
    CandidatePool pool, KnownQuestions known, Histories histories, Published<TasteModel> published, PersonalOptions options, TimeProvider clock,
    ILogger<ForYouLists> logger)
{
    /// <param name="visitor">Null: nothing is known of who asks.</param>
    /// <returns>A page, and which model made it.</returns>
    /// <exception cref="FormatException">The continuation is none of ours, or another list's.</exception>
    public async Task<(QuestionPage Page, ModelUsed Model)> PageAsync(
        Visitor? visitor, string? tag, int size, string? continuation, CancellationToken cancellation) =>
        continuation is null
            ? await FirstAsync(visitor, tag, size, cancellation)
            : await NextAsync(visitor, tag, size, ForYouContinuation.Decode(continuation), cancellation);

    private async Task<(QuestionPage Page, ModelUsed Model)> FirstAsync(Visitor? visitor, string? tag, int size, CancellationToken cancellation)
    {
        var candidates = pool.CandidatesAsync(tag, cancellation);
        var history = await histories.OfAsync(visitor, cancellation);
        var model = Usable(history);
        var byId = (await candidates).ToDictionary(candidate => candidate.Item.Id);
        var (ranked, used) = await RankAsync(model, history, [.. byId.Values], cancellation);
        var order = ranked.OrderBy(item => IsDealtWith(byId[item.Item.Id], history, visitor)).ToList();
        var items = order.Take(size).Select(item => byId[item.Item.Id].Summary with { Because = item.Because });
        return (Page(items, tag, used, [.. order.Skip(size).Select(item => item.Item.Id)]), used);
    }

    // In the order that was decided. Of what is left out because it was deleted meanwhile the next ones take the place.
    private async Task<(QuestionPage Page, ModelUsed Model)> NextAsync(
        Visitor? visitor, string? tag, int size, ForYouContinuation left, CancellationToken cancellation)
    {
        if (left.Tag != tag)
            throw new FormatException("It is of a list by another tag.");
        var history = await histories.OfAsync(visitor, cancellation);
        var used = left.Version is { } version ? new ModelUsed(version, null) : new(null, Usable(history).Reason ?? "the order of the first page");
        var shown = new List<Candidate>();
        var next = 0;
        while (shown.Count < size && next < left.Questions.Count)
        {
            var ids = left.Questions.Skip(next).Take(size - shown.Count).ToList();
            var there = await known.OfAsync(ids, cancellation);
            shown.AddRange(ids.Select(id => there.GetValueOrDefault(id)).OfType<Candidate>());
            next += ids.Count;
        }

        var because = new Dictionary<string, string?>();
        if (published.Current is { } current && current.Version == left.Version)
            because = (await RankAsync((current, null), history, shown, cancellation)).Ranked.ToDictionary(item => item.Item.Id, item => item.Because);
        var items = shown.Select(question => question.Summary with { Because = because.GetValueOrDefault(question.Item.Id) });
        return (Page(items, tag, used, [.. left.Questions.Skip(next)]), used);
    }

    private (PublishedVersion<TasteModel>? Model, string? Reason) Usable(History history)
    {
        if (history.None is { } reason)
            return (null, reason);
        var model = published.Current;
        return model is null ? (null, "no model yet")
            : clock.GetUtcNow() - model.At > options.MaxAge ? (null, FormattableString.Invariant($"the model is older than {options.MaxAge.TotalDays:0.###} days"))
            : (model, null);
    }

    private async Task<(IReadOnlyList<Ranked> Ranked, ModelUsed Used)> RankAsync(
        (PublishedVersion<TasteModel>? Model, string? Reason) use, History history, IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        var items = candidates.Select(candidate => candidate.Item).ToList();
        var now = clock.GetUtcNow();
        if (use.Model is not { } model)
            return (General(), new(null, use.Reason));
        var of = (await known.OfAsync(history.Deeds.Select(deed => deed.Item), cancellation)).ToDictionary(pair => pair.Key, pair => pair.Value.Item);
        try
        {
            return (ForYou.Rank(model.Value, history.Deeds, items, of, now), new(model.Version, null));
        }
        catch (Exception e)
        {
            // It passed its checks and is broken all the same. The list is not.
            Broken(logger, model.Version, e);
            return (General(), new(null, "the model failed"));
        }

        IReadOnlyList<Ranked> General() => ForYou.Rank(null, [], items, new Dictionary<string, Item>(), now);
    }

    private static bool IsDealtWith(Candidate question, History history, Visitor? visitor) =>
        question.Visitor == visitor?.Id || history.Dealt.Contains(question.Item.Id);

    private static QuestionPage Page(IEnumerable<QuestionSummary> items, string? tag, ModelUsed used, IReadOnlyList<string> left) =>
        new([.. items], left.Count == 0 ? null : new ForYouContinuation(tag, used.Version, left).Encode());

    [LoggerMessage(Level = LogLevel.Error, Message = "Version {Version} of the tastes failed in use; this list is in the general order")]
    private static partial void Broken(ILogger logger, PublicationVersion version, Exception error);
}

/// <param name="Version">Which model made an order; null: none.</param>
/// <param name="Reason">Why none did.</param>
internal sealed record ModelUsed(PublicationVersion? Version, string? Reason)
{
    public const string Header = "X-Geode-Model";

    public override string ToString() => Version is { } version ? $"{Tastes.Publication}/{version}" : $"{Tastes.Publication}/none; {Reason}";
}
