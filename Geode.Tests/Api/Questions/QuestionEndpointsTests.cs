using System.Net;

namespace Geode.Tests.Api.Questions;

[Collection(ServicePlanetCollection.Name)]
public sealed class QuestionEndpointsTests(ServicePlanet planet)
{
    [Fact]
    public async Task What_was_asked_can_be_read_listed_edited_and_deleted()
    {
        using var asker = planet.Visitor();
        var asked = await asker.PostAsync("/api/questions", new { title = " Why? ", body = "Because", tags = new[] { "Zebra", "apple", "APPLE" } });
        var id = asked.Text("id");

        Assert.Equal(HttpStatusCode.Created, asked.Status);
        Assert.Equal($"/api/questions/{id}", asked.Headers["Location"]);
        Assert.Equal(planet.Here.Name, asked.Headers["X-Geode-Region"]);
        Assert.Equal("Why?", asked.Text("title"));
        Assert.Equal(["apple", "zebra"], asked.Body.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));

        var read = await asker.GetAsync($"/api/questions/{id}");
        Assert.Equal("Because", read.Text("body"));
        Assert.True(read.Body.GetProperty("isYours").GetBoolean());
        Assert.NotEmpty(read.Headers["ETag"]);

        var edited = await asker.PutAsync($"/api/questions/{id}", new { title = "Why not?", body = "So" }, etag: read.Headers["ETag"]);
        Assert.Equal(HttpStatusCode.OK, edited.Status);
        Assert.Equal("Why not?", edited.Text("title"));
        Assert.NotNull(edited.Body.GetProperty("editedAt").GetString());
        Assert.NotEqual(read.Headers["ETag"], edited.Headers["ETag"]);

        Assert.Equal(HttpStatusCode.NoContent, (await asker.DeleteAsync($"/api/questions/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await asker.GetAsync($"/api/questions/{id}")).Status);
    }

    [Fact]
    public async Task To_delete_again_what_was_ones_own_is_done_already()
    {
        using var asker = planet.Visitor();
        using var other = planet.Visitor();
        await other.AskAsync("Known");
        var question = await asker.AskAsync("Gone soon");
        var answer = (await asker.PostAsync($"/api/questions/{question}/answers", new { body = "Gone sooner" })).Text("id");

        foreach (var path in new[] { $"/api/questions/{question}/answers/{answer}", $"/api/questions/{question}" })
        {
            Assert.Equal(HttpStatusCode.NoContent, (await asker.DeleteAsync(path)).Status);
            Assert.Equal(HttpStatusCode.NoContent, (await asker.DeleteAsync(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync(path)).Status);
        }

        // It never was an answer.
        Assert.Equal(HttpStatusCode.NotFound, (await asker.DeleteAsync($"/api/questions/{question}/answers/{question}")).Status);
    }

    [Fact]
    public async Task The_newest_come_first_page_by_page_and_by_tag()
    {
        using var asker = planet.Visitor();
        var tag = "t" + Guid.NewGuid().ToString("N")[..12];
        var asked = new List<string>();
        for (var i = 0; i < 5; i++)
            asked.Add(await asker.AskAsync($"Page {i}", tags: tag));

        var listed = new List<string>();
        string? continuation = null;
        do
        {
            var page = await asker.GetAsync(
                $"/api/questions?tag={tag}&size=2" + (continuation is null ? "" : $"&continuation={continuation}"));
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.InRange(page.Body.GetProperty("items").GetArrayLength(), continuation is null ? 2 : 0, 2);
            listed.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            continuation = page.Body.TryGetProperty("continuation", out var next) ? next.GetString() : null;
        }
        while (continuation is not null);

        Assert.Equal(Enumerable.Reverse(asked), listed);
    }

    [Fact]
    public async Task The_best_come_first()
    {
        using var asker = planet.Visitor();
        var tag = "t" + Guid.NewGuid().ToString("N")[..12];
        var plain = await asker.AskAsync("Plain", tags: tag);
        var good = await asker.AskAsync("Good", tags: tag);
        var bad = await asker.AskAsync("Bad", tags: tag);
        await asker.PutAsync($"/api/questions/{good}/vote", new { value = 1 });
        await asker.PutAsync($"/api/questions/{bad}/vote", new { value = -1 });

        await ServicePlanet.EventuallyAsync(
            async () => (await asker.GetAsync($"/api/questions?sort=top&tag={tag}")).Body.GetProperty("items").EnumerateArray()
                .Select(item => (item.GetProperty("id").GetString(), item.GetProperty("score").GetInt32()))
                .SequenceEqual([(good, 1), (plain, 0), (bad, -1)]),
            "the best listed by score");
    }

    [Fact]
    public async Task Answers_are_given_accepted_and_deleted()
    {
        using var asker = planet.Visitor();
        using var helper = planet.Visitor();
        var question = await asker.AskAsync("How?");
        var answered = await helper.PostAsync($"/api/questions/{question}/answers", new { body = "Thus" });
        var answer = answered.Text("id");
        Assert.Equal(HttpStatusCode.Created, answered.Status);

        Assert.Equal(HttpStatusCode.Forbidden, (await helper.PostAsync($"/api/questions/{question}/answers/{answer}/accept")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await asker.PostAsync($"/api/questions/{question}/answers/{answer}/accept")).Status);
        var read = await asker.GetAsync($"/api/questions/{question}");
        Assert.Equal(answer, read.Text("acceptedAnswerId"));
        Assert.True(read.Body.GetProperty("answers")[0].GetProperty("isAccepted").GetBoolean());
        Assert.False(read.Body.GetProperty("answers")[0].GetProperty("isYours").GetBoolean());

        Assert.Equal(HttpStatusCode.Forbidden, (await asker.DeleteAsync($"/api/questions/{question}/answers/{answer}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await helper.DeleteAsync($"/api/questions/{question}/answers/{answer}")).Status);
        Assert.Equal(0, (await asker.GetAsync($"/api/questions/{question}")).Body.GetProperty("answers").GetArrayLength());
    }

    [Fact]
    public async Task Only_who_asked_may_edit_or_delete()
    {
        using var asker = planet.Visitor();
        using var other = planet.Visitor();
        using var nobody = planet.Visitor();
        var id = await asker.AskAsync("Mine");
        await other.AskAsync("Theirs");

        foreach (var visitor in new[] { other, nobody })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.PutAsync($"/api/questions/{id}", new { title = "x", body = "x" })).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.DeleteAsync($"/api/questions/{id}")).Status);
        }

        Assert.Equal("Mine", (await nobody.GetAsync($"/api/questions/{id}")).Text("title"));
    }

    [Fact]
    public async Task A_stale_etag_is_refused()
    {
        using var asker = planet.Visitor();
        var id = await asker.AskAsync("First");
        var etag = (await asker.GetAsync($"/api/questions/{id}")).Headers["ETag"];
        await asker.PutAsync($"/api/questions/{id}", new { title = "Second", body = "x" }, etag: etag);

        var refused = await asker.PutAsync($"/api/questions/{id}", new { title = "Third", body = "x" }, etag: etag);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.Status);
        Assert.Equal("Second", (await asker.GetAsync($"/api/questions/{id}")).Text("title"));
    }

    [Fact]
    public async Task The_same_edit_by_another_way_is_no_conflict()
    {
        using var asker = planet.Visitor();
        var id = await asker.AskAsync("First");
        var etag = (await asker.GetAsync($"/api/questions/{id}")).Headers["ETag"];
        var edit = new { title = "Second", body = "x", tags = new[] { "a", "b" } };
        var edited = await asker.PutAsync($"/api/questions/{id}", edit, etag: etag);

        var again = await asker.PutAsync($"/api/questions/{id}", edit, etag: etag);

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(edited.Headers["ETag"], again.Headers["ETag"]);
    }

    [Fact]
    public async Task Edits_without_an_etag_at_the_same_time_are_all_taken()
    {
        using var asker = planet.Visitor();
        var id = await asker.AskAsync("First");
        for (var round = 0; round < 5; round++)
        {
            // Each of them can lose to each of the others once.
            var edits = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => asker.PutAsync($"/api/questions/{id}", new { title = $"{round} {n}", body = "x" })));
            Assert.All(edits, edit => Assert.Equal(HttpStatusCode.OK, edit.Status));
        }
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        using var visitor = planet.Visitor();
        var question = await visitor.AskAsync("Here");
        Assert.All(
            new[]
            {
                await visitor.GetAsync("/api/questions/nothing"),
                await visitor.DeleteAsync("/api/questions/nothing"),
                await visitor.PutAsync("/api/questions/nothing", new { title = "x", body = "x" }),
                await visitor.PostAsync("/api/questions/nothing/answers", new { body = "x" }),
                await visitor.PutAsync("/api/questions/nothing/vote", new { value = 1 }),
                await visitor.PutAsync($"/api/questions/{question}/answers/nothing/vote", new { value = 1 }),
                await visitor.PostAsync($"/api/questions/{question}/answers/nothing/accept"),
                await visitor.DeleteAsync($"/api/questions/{question}/answers/nothing"),
                await visitor.GetAsync("/api/nothing"),
            },
            answer =>
            {
                Assert.Equal(HttpStatusCode.NotFound, answer.Status);
                Assert.Equal("application/problem+json", answer.Headers["Content-Type"].Split(';')[0]);
            });
    }
}
