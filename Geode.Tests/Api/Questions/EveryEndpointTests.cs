using System.Net;
using System.Text;
using Geode.Topology;

namespace Geode.Tests.Api.Questions;

/// <summary>Each call with each kind of bad input: the status and the field that it names, as a problem, and nothing has changed.</summary>
[Collection(ServicePlanetCollection.Name)]
public sealed class EveryEndpointTests(ServicePlanet planet)
{
    private const string Good = """{"title":"t","body":"b","tags":[]}""";

    private static readonly string LongId = new('x', 300);

    /// <summary>Method, path, body, status, field. In a path, {mine} and {theirs} are questions, {answer} is theirs to mine.</summary>
    public static TheoryData<string, string, string?, int, string?> Calls => new()
    {
        { "PUT", "/api/questions/{mine}", "{}", 400, "title" },
        { "PUT", "/api/questions/{mine}", """{"title":"t","body":" "}""", 400, "body" },
        { "PUT", "/api/questions/{mine}", """{"title":"t","body":"b","tags":["no spaces"]}""", 400, "tags" },
        { "PUT", "/api/questions/{mine}", """{"title":"t","body":"b","owner":"me"}""", 400, "owner" },
        { "PUT", "/api/questions/{mine}", $$"""{"title":"{{new string('x', 201)}}","body":"b"}""", 400, "title" },
        { "PUT", "/api/questions/{mine}", "[]", 400, "body" },
        { "PUT", "/api/questions/{mine}", "", 400, "body" },
        { "PUT", "/api/questions/{theirs}", Good, 403, null },
        { "PUT", "/api/questions/{answer}", Good, 404, null },
        { "PUT", "/api/questions/unknown", Good, 404, null },
        { "DELETE", "/api/questions/{theirs}", null, 403, null },
        { "DELETE", "/api/questions/{answer}", null, 404, null },

        { "POST", "/api/questions/{mine}/answers", "{}", 400, "body" },
        { "POST", "/api/questions/{mine}/answers", $$"""{"body":"{{new string('x', 20_001)}}"}""", 400, "body" },
        { "POST", "/api/questions/{mine}/answers", """{"body":7}""", 400, "body" },
        { "POST", "/api/questions/{mine}/answers", """{"body":"b","score":9}""", 400, "score" },
        { "POST", "/api/questions/{mine}/answers", """{"body":"\u0007"}""", 400, "body" },
        { "POST", "/api/questions/{answer}/answers", """{"body":"b"}""", 404, null },
        { "POST", "/api/questions/{theirs}/answers/{answer}/accept", null, 403, null },
        { "POST", "/api/questions/{mine}/answers/{mine}/accept", null, 404, null },
        { "DELETE", "/api/questions/{mine}/answers/{answer}", null, 403, null },
        { "DELETE", "/api/questions/{mine}/answers/{mine}", null, 404, null },

        { "PUT", "/api/questions/{mine}/vote", """{"value":1,"weight":2}""", 400, "weight" },
        { "PUT", "/api/questions/{answer}/vote", """{"value":1}""", 404, null },
        { "PUT", "/api/questions/{mine}/answers/{answer}/vote", """{"value":-2}""", 400, "value" },
        { "PUT", "/api/questions/{mine}/answers/{answer}/vote", """{"value":1e3}""", 400, "value" },
        { "PUT", "/api/questions/{mine}/answers/{answer}/vote", "", 400, "body" },
        { "PUT", "/api/questions/{mine}/answers/{mine}/vote", """{"value":1}""", 404, null },

        { "GET", "/api/questions?sort=new&sort=top", null, 400, "sort" },
        { "GET", "/api/questions?size=-1", null, 400, "size" },
        { "GET", "/api/questions?size=99999999999", null, 400, "size" },
        { "GET", "/api/questions?tag=" + new string('x', 31), null, 400, "tag" },
        { "GET", "/api/questions?continuation=" + new string('x', 7_001), null, 400, "continuation" },
        { "GET", "/api/questions?sort=top&continuation=e30", null, 400, "continuation" },
        { "GET", "/api/questions?sort=For-You", null, 400, "sort" },
        { "GET", "/api/questions?sort=for-you&size=0", null, 400, "size" },
        { "GET", "/api/questions?sort=for-you&tag=" + new string('x', 31), null, 400, "tag" },
        { "GET", "/api/questions?sort=for-you&continuation=!", null, 400, "continuation" },
        { "GET", "/api/questions?sort=for-you&continuation=AAAA", null, 400, "continuation" },
        { "GET", "/api/questions?sort=for-you&continuation=AQ", null, 400, "continuation" },
        { "GET", "/api/questions?sort=for-you&continuation=" + new string('x', 7_001), null, 400, "continuation" },
        { "PUT", "/api/me/personal", """{"on":1}""", 400, "on" },
        { "POST", "/api/me/personal", "{}", 405, null },
        { "GET", "/api/tags?size=0", null, 400, "size" },
        { "GET", "/api/tags?size=101", null, 400, "size" },
        { "GET", "/api/tags?size=some", null, 400, "size" },
        { "GET", "/api/jobs/nowhere/x", null, 404, null },
        { "GET", "/api/jobs/westeurope/x", null, 404, null },
        { "DELETE", "/api/tags", null, 405, null },
        { "POST", "/api/planet", "{}", 405, null },
    };

    /// <summary>Ids that no document can have, and those that only look like an address.</summary>
    public static TheoryData<string> Ids => new(
        LongId, new string('y', 3_000), "a%2Fb", "a%5Cb", "a%23b", "a%3Fb", "%C3%A9", "%20", "..%2F..", "%22%7D", "'%20OR%201=1", "%F0%9F%98%80");

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Bad_input_is_refused_as_documented_and_changes_nothing(string method, string path, string? json, int status, string? field)
    {
        using var me = planet.Visitor();
        using var them = planet.Visitor();
        var mine = await me.AskAsync("Mine");
        var theirs = await them.AskAsync("Theirs");
        var answer = (await them.PostAsync($"/api/questions/{mine}/answers", new { body = "Theirs to mine" })).Text("id");
        Assert.Equal(HttpStatusCode.OK, (await me.GetAsync($"/api/questions/{mine}")).Status);
        var before = await StateAsync(me, mine, theirs);

        var refused = await me.SendAsync(
            new HttpMethod(method),
            path.Replace("{mine}", mine, StringComparison.Ordinal).Replace("{theirs}", theirs, StringComparison.Ordinal).Replace("{answer}", answer, StringComparison.Ordinal),
            json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"));

        Assert.Equal(status, (int)refused.Status);
        Assert.Equal("application/problem+json", refused.Headers["Content-Type"].Split(';')[0]);
        Assert.Equal(status, refused.Number("status"));
        Assert.True(refused.Fields.SequenceEqual(field is null ? [] : [field]), refused.Body.GetRawText());
        Assert.Equal(before, await StateAsync(me, mine, theirs));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_id_that_nothing_can_have_is_not_found(string id)
    {
        using var visitor = planet.Visitor();
        var question = await visitor.AskAsync("Here");
        Assert.All(
            new[]
            {
                await visitor.GetAsync($"/api/questions/{id}"),
                await visitor.PutAsync($"/api/questions/{id}", new { title = "t", body = "b" }),
                await visitor.DeleteAsync($"/api/questions/{id}"),
                await visitor.PostAsync($"/api/questions/{id}/answers", new { body = "b" }),
                await visitor.PutAsync($"/api/questions/{id}/vote", new { value = 1 }),
                await visitor.PutAsync($"/api/questions/{question}/answers/{id}/vote", new { value = 1 }),
                await visitor.PostAsync($"/api/questions/{question}/answers/{id}/accept"),
                await visitor.DeleteAsync($"/api/questions/{question}/answers/{id}"),
                await visitor.GetAsync($"/api/jobs/{planet.Here.Name}/{id}"),
                await visitor.GetAsync($"/api/jobs/{id}/{id}"),
            },
            answer =>
            {
                Assert.Equal(HttpStatusCode.NotFound, answer.Status);
                Assert.Equal("application/problem+json", answer.Headers["Content-Type"].Split(';')[0]);
            });
    }

    [Fact]
    public async Task A_bad_key_or_a_bad_etag_is_refused_for_answers_and_deletions_too()
    {
        using var visitor = planet.Visitor();
        var question = await visitor.AskAsync("Keyed");
        var keyed = await visitor.PostAsync($"/api/questions/{question}/answers", new { body = "b" }, key: "two words");
        Assert.Equal((HttpStatusCode.BadRequest, "Idempotency-Key"), (keyed.Status, Assert.Single(keyed.Fields)));

        var deleted = await visitor.SendAsync(HttpMethod.Delete, $"/api/questions/{question}", headers: ("If-Match", "\"stale\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, deleted.Status);
        var read = await visitor.GetAsync($"/api/questions/{question}");
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Equal(0, read.Body.GetProperty("answers").GetArrayLength());
    }

    /// <summary>All that is stored under both questions, once both replicas agree on it: a busy machine's writes may have gone to
    /// either.</summary>
    private async Task<string> StateAsync(Caller reader, string mine, string theirs)
    {
        var stored = "";
        await ServicePlanet.EventuallyAsync(
            async () => (stored = await StoredAsync(planet.Here, mine, theirs)) == await StoredAsync(planet.There, mine, theirs),
            "the same in both replicas");
        var read = await reader.GetAsync($"/api/questions/{mine}");
        return $"{stored}\n{read.Text("title")} {read.Body.GetProperty("answers").GetArrayLength()} {read.Number("yourVote")}";
    }

    private async Task<string> StoredAsync(Region region, params string[] questions)
    {
        using var client = planet.Client(region);
        var database = client.GetDatabase(planet.Planet.Backplane.Database);
        var stored = new List<string>();
        foreach (var (container, question) in from c in new[] { "questions", "votes" } from q in questions select (c, q))
        {
            using var pages = database.GetContainer(container).GetItemQueryIterator<System.Text.Json.JsonElement>(
                "SELECT c.id, c._etag FROM c", requestOptions: new() { PartitionKey = new(question) });
            while (pages.HasMoreResults)
                stored.AddRange((await pages.ReadNextAsync()).Select(document => $"{container} {document.GetRawText()}"));
        }

        return string.Join('\n', stored.Order(StringComparer.Ordinal));
    }
}
