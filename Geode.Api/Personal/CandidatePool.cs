using System.Collections.Concurrent;

namespace Geode.Api.Personal;

/// <summary>The questions that a personal order is made of, for everybody who asks within a few seconds. Nobody asks: nothing is read.</summary>
internal sealed class CandidatePool(QuestionStore store, TimeProvider clock)
{
    /// <summary>The newest so many, and the best.</summary>
    public const int MostOfEach = 100;

    /// <summary>Read anew from then on, while what there is is still shown.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>Not shown any more.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(10);

    private const int MostPools = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Pool> _pools = new();

    /// <param name="tag">With that tag; null: all.</param>
    public Task<IReadOnlyList<Candidate>> CandidatesAsync(string? tag, CancellationToken cancellation)
    {
        if (_pools.Count > MostPools)
            _pools.Clear();
        return _pools.GetOrAdd(tag ?? "", _ => new(tag, store, clock)).GetAsync().WaitAsync(cancellation);
    }

    private sealed class Pool(string? tag, QuestionStore store, TimeProvider clock)
    {
        private readonly Lock _lock = new();
        private (IReadOnlyList<Candidate> Candidates, long At)? _held;
        private Task<IReadOnlyList<Candidate>>? _reading;

        public Task<IReadOnlyList<Candidate>> GetAsync()
        {
            lock (_lock)
            {
                var age = _held is { } there ? clock.GetElapsedTime(there.At) : TimeSpan.MaxValue;
                if (age >= Fresh && _reading is null or { IsCompleted: true })
                    _reading = ReadAsync();
                return age < Stale ? Task.FromResult(_held!.Value.Candidates) : _reading!;
            }
        }

        // For all who wait, and so nobody's to cancel.
        private async Task<IReadOnlyList<Candidate>> ReadAsync()
        {
            await Task.Yield();
            using var patience = new CancellationTokenSource(Patience, clock);
            var start = clock.GetTimestamp();
            var candidates = await store.CandidatesAsync(tag, MostOfEach, patience.Token);
            lock (_lock)
                _held = (candidates, start);
            return candidates;
        }
    }
}
