using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Geode.Tests.Api.Mesh;

namespace Geode.Tests.Planets;

public sealed class TraceTests(PlanetFixture fixture) : PlanetTest(fixture)
{
    // What Aspire calls the processes.
    private const string Router = "router";
    private const string Api = "api-";
    private const string Worker = "worker-";

    [Fact]
    public async Task One_trace_covers_the_request_its_write_the_projection_elsewhere_and_the_push_there()
    {
        await using var listener = await HubClient.FollowAsync(Fixture.Geode("westeurope"), cursor: null);
        using var asker = Visitor();
        var (trace, id) = ("", "");
        await Eventually.TrueAsync(
            async () =>
            {
                trace = ActivityTraceId.CreateRandom().ToString();
                using var asked = await asker.SendAsync(
                    HttpMethod.Post, "/api/questions", new { title = "Traced", body = "b" }, from: "newyork", traceparent: $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
                Assert.Equal(HttpStatusCode.Created, asked.StatusCode);
                id = JsonDocument.Parse(await asked.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
                return PlanetClient.ServedBy(asked) == "eastus";
            },
            () => "Nobody in New York is ever served by eastus.");
        await listener.UntilAsync(change => change.GetProperty("id").GetString() == id);

        var steps = new Dictionary<string, Func<OtlpSpan, bool>>
        {
            ["the router's"] = s => s.Service.StartsWith(Router, StringComparison.Ordinal) && s.Kind == OtlpSpan.Server,
            ["the request's in eastus"] = s => s.Service.StartsWith(Api, StringComparison.Ordinal) && s is { Region: "eastus", Kind: OtlpSpan.Server } && s.Name.StartsWith("POST", StringComparison.Ordinal),
            ["its write's"] = s => s.Service.StartsWith(Api, StringComparison.Ordinal) && s is { Region: "eastus", Source: "Azure.Cosmos.Operation" },
            ["the projection's in westeurope"] = s => s.Service.StartsWith(Worker, StringComparison.Ordinal) && s is { Region: "westeurope", Name: "process trends" },
            ["the projection's in southeastasia"] = s => s.Service.StartsWith(Worker, StringComparison.Ordinal) && s is { Region: "southeastasia", Name: "process trends" },
            ["the count's"] = s => s.Service.StartsWith(Worker, StringComparison.Ordinal) && s.Name == "process scores",
            ["the push's in westeurope"] = s => s.Service.StartsWith(Api, StringComparison.Ordinal) && s is { Region: "westeurope", Name: "push" },
        };
        await Eventually.TrueAsync(
            () => Task.FromResult(steps.Values.All(step => Fixture.Telemetry.Spans(trace).Any(step))),
            () => $"The trace has no span that is {string.Join(", nor ", steps.Where(s => !Fixture.Telemetry.Spans(trace).Any(s.Value)).Select(s => s.Key))}. "
                + $"It has: {string.Join("; ", Fixture.Telemetry.Spans(trace).Select(s => $"{s.Service} {s.Region} {s.Source} {s.Name} {s.Kind}"))}");
    }
}
