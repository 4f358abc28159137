using System.Net;
using Geode.Service.Hosting;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Geode.Service.Backplane;

/// <summary>Asks this region's own replica for a document all the time, so that a readiness probe is answered from memory and
/// never waits for a replica that hangs.</summary>
internal sealed class ReplicaProbe(BackplaneClients clients, GeodeOptions options, TimeProvider clock) : BackgroundService
{
    private const string Nothing = "probe";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1000);

    /// <summary>Until it has answered once: the first question compiles the client and reads the account and the container, while all
    /// the other processes start too. To give up and begin again would only take longer.</summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(10);

    private readonly string _container = options.Probe ?? options.Activity;
    private volatile string? _problem = "its replica has not answered yet";

    /// <summary>Null while the replica answers; else why this geode cannot serve by itself.</summary>
    public string? Problem => _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var patience = FirstPatience;
        do
        {
            _problem = await Ask(patience, stoppingToken);
            if (_problem is null)
                patience = Patience;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<string?> Ask(TimeSpan patience, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, limit.Token);
        try
        {
            using var answer = await clients.OwnReplica.GetContainer(_container)
                .ReadItemStreamAsync(Nothing, new PartitionKey(Nothing), cancellationToken: either.Token);
            // "No such document" is an answer; "no such container" (1003) is not.
            return answer.StatusCode is HttpStatusCode.OK
                || (answer.StatusCode is HttpStatusCode.NotFound && answer.Headers["x-ms-substatus"] is null or "0" or "")
                ? null
                : $"its replica answers {(int)answer.StatusCode}/{answer.Headers["x-ms-substatus"] ?? "0"}";
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return $"its replica did not answer within {patience.TotalMilliseconds:F0} ms";
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            return $"its replica cannot be reached: {(e as CosmosException)?.StatusCode.ToString() ?? e.Message}";
        }
    }
}

/// <summary>Ready while this region's own replica answers.</summary>
internal sealed class ReplicaCheck(ReplicaProbe probe) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(probe.Problem is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());
}
