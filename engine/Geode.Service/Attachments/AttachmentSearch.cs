namespace Geode.Service.Attachments;

/// <summary>Looks for an attachment in two accounts: in the second one when the first does not have it, does not answer, or takes long.</summary>
internal static class AttachmentSearch
{
    /// <summary>How long the first one may be silent before the second is asked as well.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    /// <summary>The first good answer.</summary>
    /// <param name="ask">Asks a source, until told that another one was better.</param>
    /// <returns>Null: there is no such attachment, as the account says that would have it.</returns>
    /// <exception cref="AttachmentUnavailableException">That one could not be asked, and the copy does not have it.</exception>
    public static async Task<AttachmentContent?> FindAsync(
        AttachmentSource first, AttachmentSource second, Func<AttachmentSource, CancellationToken, Task<AttachmentAnswer>> ask, TimeProvider time, CancellationToken cancellation)
    {
        using var asked = new Tries(ask, cancellation);
        var leading = asked.Start(first);
        var isOther = false;
        Exception? failure = null;
        await Task.WhenAny(leading, Task.Delay(Patience, time, cancellation));
        while (true)
        {
            if (asked.TakeCompleted() is { } done)
            {
                var answer = await done.Answer;
                if (answer.Content is not null)
                    return answer.Content;
                if (answer.Failure is null && done.Source.IsPrimary)
                    return null;
                failure ??= answer.Failure;
            }

            if (!isOther)
                _ = asked.Start(second);
            isOther = true;
            if (!asked.Any)
                throw new AttachmentUnavailableException("The region that has the attachment does not answer, and its pair does not have it yet.", failure);
            await asked.OneAsync();
        }
    }

    /// <summary>Those under way. Disposing gives them up.</summary>
    private sealed class Tries(Func<AttachmentSource, CancellationToken, Task<AttachmentAnswer>> ask, CancellationToken cancellation) : IDisposable
    {
        private readonly List<Try> _tries = [];

        public bool Any => _tries.Count > 0;

        public Task Start(AttachmentSource source)
        {
            // Disposed when its answer has come.
            var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            _tries.Add(new(source, ask(source, stop.Token), stop));
            return _tries[^1].Answer;
        }

        public Task OneAsync() => Task.WhenAny(_tries.Select(t => t.Answer));

        public Try? TakeCompleted()
        {
            var done = _tries.Find(t => t.Answer.IsCompleted);
            if (done is not null)
                _tries.Remove(done);
            return done;
        }

        public void Dispose()
        {
            foreach (var late in _tries)
                _ = EndAsync(late);
        }

        // What comes too late is closed when it comes.
        private static async Task EndAsync(Try late)
        {
            await late.Stop.CancelAsync();
            try
            {
                if ((await late.Answer).Content is { } content)
                    await content.DisposeAsync();
            }
            catch (Exception e) when (e is OperationCanceledException or AttachmentRangeException || AttachmentSource.IsUnavailable(e))
            {
                // Nobody wants to know any more.
            }
            finally
            {
                late.Stop.Dispose();
            }
        }
    }

    private sealed record Try(AttachmentSource Source, Task<AttachmentAnswer> Answer, CancellationTokenSource Stop);
}
