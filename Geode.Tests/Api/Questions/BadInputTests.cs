using System.Net;
using System.Text;

namespace Geode.Tests.Api.Questions;

[Collection(ServicePlanetCollection.Name)]
public sealed class BadInputTests(ServicePlanet planet)
{
    private const int Megabyte = 1 << 20;

    public static TheoryData<string, string> Questions => new()
    {
        { "{}", "title" },
        { """{"title":"  ","body":"b"}""", "title" },
        { """{"title":"t"}""", "body" },
        { """{"title":"t\u0000","body":"b"}""", "title" },
        { $$"""{"title":"{{new string('x', 201)}}","body":"b"}""", "title" },
        { $$"""{"title":"t","body":"{{new string('x', 20_001)}}"}""", "body" },
        { """{"title":"t","body":"b","tags":["1","2","3","4","5","6"]}""", "tags" },
        { """{"title":"t","body":"b","tags":["no spaces"]}""", "tags" },
        { """{"title":"t","body":"b","tags":[null]}""", "tags" },
        { """{"title":7,"body":"b"}""", "title" },
        { """{"title":"t","body":"b","tags":"x"}""", "tags" },
        { """{"title":"t","body":"b","score":9}""", "score" },
        { "{", "body" },
        { "null", "body" },
        { "", "body" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_bad_question_is_refused_naming_the_field(string json, string field)
    {
        using var visitor = planet.Visitor();
        var refused = await visitor.PostAsync("/api/questions", Json(json));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("application/problem+json", refused.Headers["Content-Type"].Split(';')[0]);
        Assert.Equal([field], refused.Fields);
        Assert.DoesNotContain(visitor.Cookies.GetAllCookies(), cookie => cookie.Name == "geode-visitor");
    }

    [Theory]
    [InlineData("sort=best", "sort")]
    [InlineData("size=0", "size")]
    [InlineData("size=101", "size")]
    [InlineData("size=many", "size")]
    [InlineData("tag=two%20words", "tag")]
    [InlineData("continuation=!", "continuation")]
    [InlineData("continuation=cnViYmlzaA", "continuation")]
    public async Task A_bad_list_is_refused_naming_the_parameter(string query, string field)
    {
        using var visitor = planet.Visitor();
        var refused = await visitor.GetAsync("/api/questions?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal([field], refused.Fields);
    }

    [Theory]
    [InlineData("""{"value":2}""", "value")]
    [InlineData("""{"value":null}""", "value")]
    [InlineData("{}", "value")]
    [InlineData("""{"value":"1"}""", "value")]
    [InlineData("""{"value":0.5}""", "value")]
    public async Task A_bad_vote_is_refused_and_counts_nothing(string json, string field)
    {
        using var visitor = planet.Visitor();
        var id = await visitor.AskAsync("Vote");

        var refused = await visitor.PutAsync($"/api/questions/{id}/vote", Json(json));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal([field], refused.Fields);
        Assert.Equal(0, (await visitor.GetAsync($"/api/questions/{id}")).Number("yourVote"));
    }

    [Fact]
    public async Task A_bad_answer_is_refused_and_not_stored()
    {
        using var visitor = planet.Visitor();
        var id = await visitor.AskAsync("Answer");

        var refused = await visitor.PostAsync($"/api/questions/{id}/answers", new { body = " " });

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(["body"], refused.Fields);
        Assert.Equal(0, (await visitor.GetAsync($"/api/questions/{id}")).Body.GetProperty("answers").GetArrayLength());
    }

    [Theory]
    [InlineData("two words")]
    [InlineData(
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    [InlineData("")]
    public async Task A_bad_idempotency_key_is_refused(string key)
    {
        using var visitor = planet.Visitor();
        var refused = await visitor.PostAsync("/api/questions", new { title = "t", body = "b" }, key: key);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(["Idempotency-Key"], refused.Fields);
    }

    [Fact]
    public async Task Another_form_than_json_is_refused()
    {
        using var visitor = planet.Visitor();
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType, (await visitor.PostAsync("/api/questions", new StringContent("title=t"))).Status);
    }

    [Fact]
    public async Task A_body_that_no_router_would_keep_is_refused()
    {
        using var visitor = planet.Visitor();
        var refused = await visitor.PostAsync("/api/questions", Json($$"""{"title":"{{new string('x', Megabyte)}}"}"""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.Status);
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_refused()
    {
        using var visitor = planet.Visitor();
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await visitor.DeleteAsync("/api/questions")).Status);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
