using System.Net;
using System.Net.Http.Json;
using Geode.Blobs.Storage;
using Geode.Topology;

namespace Geode.Blobs.Replication;

/// <summary>The giving side: sends an account's changes to its copy as they are made. While nothing is unsent it does nothing at all.</summary>
/// <param name="peer">Where the copy is, by <see cref="CopyEndpoints"/>.</param>
public sealed partial class CopySender(BlobAccount account, Uri peer, HttpClient http, TimeProvider time, ILogger log)
{
    /// <summary>Most changes at a time, and about so many bytes.</summary>
    private const int MostChanges = 64;
    private const long ManyBytes = 16 << 20;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private volatile TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CopyPosition? _position;
    private bool _isLost;

    /// <summary>The copy has begun anew: where it is has to be asked.</summary>
    public void Resume()
    {
        Volatile.Write(ref _position, null);
        _asked.TrySetResult();
    }

    /// <summary>Sends until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var pause = ShortestPause;
        try
        {
            while (true)
            {
                var (changed, asked) = (account.Changed, _asked);
                if (asked.Task.IsCompleted)
                    _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
                else if (IsAllSent)
                {
                    await Task.WhenAny(changed, asked.Task).WaitAsync(stop);
                    continue;
                }

                if (await TryAsync(stop))
                {
                    pause = ShortestPause;
                    continue;
                }

                await Task.Delay(pause, time, stop);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping; the copy knows where to go on.
        }
    }

    private bool IsAllSent => account.Last == 0 || (Volatile.Read(ref _position) is { } position && position.Sequence >= account.Last);

    private async Task<bool> TryAsync(CancellationToken stop)
    {
        try
        {
            if (Volatile.Read(ref _position) is not { } position)
                position = await AskAsync(stop);
            else if (await SendAsync(position, stop) is { } reached)
                position = reached;
            else
                return Lost("the link is down");
            Volatile.Write(ref _position, position);
            account.ForgetDeletions(position.Sequence);
            if (_isLost)
                LogBack(log, account.Name);
            _isLost = false;
            return true;
        }
        catch (Exception e) when (ConnectionFailure.Is(e) || e is IOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return Lost(e.Message);
        }
    }

    // A copy of another history has nothing of this one. One that is further than this account is of one that has lost its latest changes.
    private async Task<CopyPosition> AskAsync(CancellationToken stop)
    {
        var position = await http.GetFromJsonAsync<CopyPosition>(peer, stop) ?? CopyPosition.None;
        if (position.History == account.History && position.Sequence > account.Last)
            account.BeginHistory();
        return position.History == account.History ? position : new(account.History, 0, null);
    }

    // Null: nothing arrives.
    private async Task<CopyPosition?> SendAsync(CopyPosition position, CancellationToken stop)
    {
        var (records, at) = account.ChangesAfter(position.Sequence, MostChanges);
        var batch = new List<(BlobRecord Record, Stream? Content)>();
        try
        {
            var bytes = 0L;
            foreach (var record in records)
            {
                var content = bytes < ManyBytes && record.ContentId is { } id ? account.Files.Open(id) : null;
                if (content is null && (bytes >= ManyBytes || record.ContentId is not null))
                {
                    // What was replaced or deleted a moment ago is a later change by now.
                    at = batch.Count > 0 ? batch[^1].Record.Time : throw new IOException($"'{record.Container}/{record.Name}' changed while it was to be sent.");
                    break;
                }

                batch.Add((record, content));
                bytes += record.Length;
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, peer) { Content = new BatchContent(batch) };
            // Nothing is read for a link that is down.
            request.Headers.ExpectContinue = true;
            CopyEndpoints.Write(request.Headers, new(account.History, position.Sequence, at));
            using var answer = await http.SendAsync(request, stop);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                return null;
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<CopyPosition>(stop);
        }
        finally
        {
            foreach (var (_, content) in batch)
            {
                if (content is not null)
                    await content.DisposeAsync();
            }
        }
    }

    private bool Lost(string reason)
    {
        if (!_isLost)
            LogLost(log, account.Name, reason);
        _isLost = true;
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "Attachments of {Account} do not reach the pair: {Reason}")]
    private static partial void LogLost(ILogger log, string account, string reason);

    [LoggerMessage(LogLevel.Information, "Attachments of {Account} reach the pair again")]
    private static partial void LogBack(ILogger log, string account);

    private sealed class BatchContent(List<(BlobRecord Record, Stream? Content)> batch) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            foreach (var (record, content) in batch)
                await ChangeFrames.WriteAsync(stream, record, content, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
