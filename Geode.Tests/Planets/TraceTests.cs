using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Geode.Tests.Api.Mesh;

namespace Geode.Tests.Planets;

public sealed class TraceTests(PlanetFixture fixture) : PlanetTest(fixture)
{
    private static readonly string Router = ServiceName("Geode.Router");
    private static readonly string Api = ServiceName("Geode.Api");
    private static readonly string Worker = ServiceName("Geode.Worker");

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
            ["the router's"] = s => s.Service == Router && s.Kind == OtlpSpan.Server,
            ["the request's in eastus"] = s => s.Service == Api && s is { Region: "eastus", Kind: OtlpSpan.Server } && s.Name.StartsWith("POST", StringComparison.Ordinal),
            ["its write's"] = s => s.Service == Api && s is { Region: "eastus", Source: "Azure.Cosmos.Operation" },
            ["the projection's in westeurope"] = s => s.Service == Worker && s is { Region: "westeurope", Name: "process trends" },
            ["the projection's in southeastasia"] = s => s.Service == Worker && s is { Region: "southeastasia", Name: "process trends" },
            ["the count's"] = s => s.Service == Worker && s.Name == "process scores",
            ["the push's in westeurope"] = s => s.Service == Api && s is { Region: "westeurope", Name: "push" },
        };
        await Eventually.TrueAsync(
            () => Task.FromResult(steps.Values.All(step => Fixture.Telemetry.Spans(trace).Any(step))),
            () => $"The trace has no span that is {string.Join(", nor ", steps.Where(s => !Fixture.Telemetry.Spans(trace).Any(s.Value)).Select(s => s.Key))}. "
                + $"It has: {string.Join("; ", Fixture.Telemetry.Spans(trace).Select(s => $"{s.Service} {s.Region} {s.Source} {s.Name} {s.Kind}"))}");
    }

    /// <summary>What a program calls itself in telemetry when nobody gave it a name.</summary>
    private static string ServiceName(string application) => application.Replace('.', '-').ToLowerInvariant();
}
