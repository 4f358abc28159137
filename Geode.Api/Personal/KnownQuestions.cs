using System.Collections.Concurrent;

namespace Geode.Api.Personal;

/// <summary>Questions by their ids: those that visitors dealt with, and those of later pages. Remembered for half a minute.</summary>
internal sealed class KnownQuestions(QuestionStore store, TimeProvider clock)
{
    private const int Most = 20_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    // Null: it is not there.
    private readonly ConcurrentDictionary<string, (Candidate? Question, long At)> _known = new();

    /// <summary>Those that are there.</summary>
    public async Task<IReadOnlyDictionary<string, Candidate>> OfAsync(IEnumerable<string> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<string, Candidate>();
        var unknown = new HashSet<string>();
        foreach (var id in ids)
        {
            if (!_known.TryGetValue(id, out var known) || clock.GetElapsedTime(known.At) >= Fresh)
                unknown.Add(id);
            else if (known.Question is { } question)
                found[id] = question;
        }

        if (unknown.Count == 0)
            return found;
        if (_known.Count + unknown.Count > Most)
            _known.Clear();
        foreach (var question in await store.CandidatesAsync(unknown, cancellation))
            found[question.Item.Id] = question;
        foreach (var id in unknown)
            _known[id] = (found.GetValueOrDefault(id), clock.GetTimestamp());
        return found;
    }
}
