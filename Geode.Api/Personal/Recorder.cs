using Geode.Api.Documents;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Service.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Geode.Api.Personal;

/// <summary>Records what visitors do. What they write is recorded with it; what they look at is gathered and written every two seconds,
/// so that no reader waits for it. A process that is killed loses the looks of its last two seconds.</summary>
internal sealed partial class Recorder(Interests interests, Wishes wishes, TimeProvider clock, ILogger<Recorder> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Pending _pending = new(clock);
    private bool _isFailing;

    /// <summary>Someone with an identity looks at a question.</summary>
    public void Viewed(Visitor? visitor, string question)
    {
        if (visitor is not null)
            _pending.Add(Deed(visitor, question, Interest.Viewed), isLook: true);
    }

    /// <summary>Asked or answered it: <see cref="Interest.Asked"/>, <see cref="Interest.Answered"/>.</summary>
    public Task WroteAsync(Visitor visitor, string question, double weight, CancellationToken cancellation) =>
        RecordAsync(visitor.IsKnown, Deed(visitor, question, weight), interests.AddAsync, cancellation);

    /// <param name="value">-1, 1, or 0: the vote is withdrawn, and what is left is that the question was seen.</param>
    public Task VotedAsync(Visitor visitor, string question, int value, CancellationToken cancellation) =>
        RecordAsync(visitor.IsKnown, Deed(visitor, question, value is 0 ? Interest.Viewed : value), interests.SetAsync, cancellation);

    /// <summary>What waits to be written is not.</summary>
    public void Forget(string visitor) => _pending.Forget(visitor);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.WriteAsync(Interval, clock, WriteAsync, stoppingToken);

    private Interest Deed(Visitor visitor, string question, double weight) =>
        new() { Id = question, Visitor = visitor.Id, Weight = weight, At = Instant.Now(clock) };

    // What the visitor asked for is done by now; that it could not be remembered here is no reason to fail it. It is tried again.
    private async Task RecordAsync(bool isKnown, Interest deed, Func<Interest, CancellationToken, Task> write, CancellationToken cancellation)
    {
        try
        {
            // Who has just been given an identity has not wished anything.
            if (!isKnown || (await wishes.OfAsync(deed.Visitor, cancellation)).Counts(deed.At))
                await write(deed, cancellation);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            _pending.Add(deed, isLook: false);
        }
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        Exception? failure = null;
        await Parallel.ForEachAsync(_pending.Take(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (deed, _) =>
        {
            try
            {
                if (!(await wishes.OfAsync(deed.Visitor, cancellation)).Counts(deed.At))
                    return;
                await (Math.Abs(deed.Weight) == 1 ? interests.SetAsync(deed, cancellation) : interests.AddAsync(deed, cancellation));
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                _pending.Add(deed, isLook: false);
                failure = e;
            }
        });
        if (failure is not null && !_isFailing)
            Waiting(logger, failure.Message);
        _isFailing = failure is not null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What visitors did cannot be written; it is tried again: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);
}
