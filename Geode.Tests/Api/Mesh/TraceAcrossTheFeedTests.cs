using System.Collections.Concurrent;
using System.Diagnostics;

namespace Geode.Tests.Api.Mesh;

[Collection(ServicePlanetCollection.Name)]
public sealed class TraceAcrossTheFeedTests(ServicePlanet planet)
{
    [Fact]
    public async Task One_trace_shows_the_request_its_write_the_count_elsewhere_and_the_push_there()
    {
        var trace = ActivityTraceId.CreateRandom();
        var spans = new ConcurrentBag<System.Diagnostics.Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "Azure.Cosmos.Operation"
                || source.Name.StartsWith("Geode.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == trace)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);

        await using var elsewhere = await HubClient.FollowAsync(planet, planet.There);
        using var asker = planet.Visitor();
        var asked = await asker.SendAsync(
            HttpMethod.Post, "/api/questions", new { title = "Traced", body = "b" }, planet.Here, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
        var id = asked.Text("id");
        await elsewhere.UntilAsync(change => change.GetProperty("kind").GetString() == "score" && change.GetProperty("id").GetString() == id);

        await ServicePlanet.EventuallyAsync(
            () => Task.FromResult(
                spans.Any(span => span.Source.Name == "Microsoft.AspNetCore" && span.Kind is ActivityKind.Server)
                && spans.Any(span => span.Source.Name == "Azure.Cosmos.Operation")
                && spans.Any(span => span.OperationName == "process scores")
                && spans.Any(span => span.OperationName == "process trends")
                && spans.Any(span => span.OperationName == "push")),
            "every step in one trace: " + string.Join(", ", spans.Select(span => $"{span.Source.Name} {span.OperationName}")));
    }
}
