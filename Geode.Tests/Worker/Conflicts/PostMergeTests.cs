using System.Text.Json.Nodes;
using Geode.Worker.Conflicts;

namespace Geode.Tests.Worker.Conflicts;

public sealed class PostMergeTests
{
    private static readonly JsonObject Start = Content("Title", "one\ntwo", "x", "y");

    [Fact]
    public void Takes_what_only_one_of_them_changed()
    {
        var here = Edit("westeurope", "2026-01-01", Content("New title", "one\ntwo", "x", "y"));
        var there = Edit("eastus", "2026-01-02", Content("Title", "one\ntwo\nthree", "y", "z"));

        var merged = new PostMerge().Merge(here, there)!;

        Assert.Equal("New title", merged["title"]!.GetValue<string>());
        Assert.Equal("one\ntwo\nthree", merged["body"]!.GetValue<string>());
        Assert.Equal(["y", "z"], merged["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.Equal(2, merged["revision"]!.GetValue<int>());
    }

    [Fact]
    public void Keeps_both_where_it_must_and_both_originals_in_history()
    {
        var here = Edit("westeurope", "2026-01-01", Content("Here", "mine", "x"));
        var there = Edit("eastus", "2026-01-02", Content("There", "yours", "x"));

        var merged = new PostMerge().Merge(here, there)!;

        Assert.Equal("There", merged["title"]!.GetValue<string>());
        Assert.Equal("mine\n---\nyours", merged["body"]!.GetValue<string>());
        Assert.Equal(
            [("westeurope", "mine"), ("eastus", "yours")],
            merged["history"]!.AsArray().Select(entry => (entry!["region"]!.GetValue<string>(), entry["body"]!.GetValue<string>())));
    }

    [Fact]
    public void Comes_to_the_same_in_either_order()
    {
        var here = Edit("westeurope", "2026-01-01", Content("Here", "a", "x"));
        var there = Edit("eastus", "2026-01-01", Content("There", "b", "z"));
        Assert.True(JsonNode.DeepEquals(Meaning(new PostMerge().Merge(here, there)!), Meaning(new PostMerge().Merge(there, here)!)));
    }

    [Fact]
    public void An_edit_and_an_acceptance_both_stand()
    {
        var edited = Edit("westeurope", "2026-01-02", Content("Title", "edited", "x", "y"));
        var accepted = Original();
        accepted["acceptedAnswerId"] = "answer";

        foreach (var merged in new[] { new PostMerge().Merge(edited, accepted)!, new PostMerge().Merge(accepted, edited)! })
        {
            Assert.Equal("edited", merged["body"]!.GetValue<string>());
            Assert.Equal("answer", merged["acceptedAnswerId"]!.GetValue<string>());
        }
    }

    [Fact]
    public void Without_a_common_start_nothing_is_thrown_away()
    {
        var here = Edit("westeurope", "2026-01-01", Content("Here", "a", "x"));
        var there = Edit("eastus", "2026-01-02", Content("There", "b", "z"));
        there["start"] = Content("Another", "start");

        var merged = new PostMerge().Merge(here, there)!;

        Assert.Equal("a\n---\nb", merged["body"]!.GetValue<string>());
        Assert.Equal(["x", "z"], merged["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));
    }

    [Fact]
    public void The_same_written_twice_needs_no_merge()
    {
        var again = Original();
        again["createdAt"] = "2026-02-02";
        again["_etag"] = "other";
        Assert.Null(new PostMerge().Merge(Original(), again));
    }

    [Fact]
    public void What_the_backplane_added_is_left_to_it()
    {
        var here = Edit("westeurope", "2026-01-01", Content("Here", "a", "x"));
        here["_etag"] = "e";
        here["_ts"] = 1;
        var there = Edit("eastus", "2026-01-02", Content("There", "b", "z"));
        there["_etag"] = "f";

        Assert.DoesNotContain(new PostMerge().Merge(here, there)!, property => property.Key.StartsWith('_'));
    }

    private static JsonObject Original()
    {
        var post = Content("Title", "one\ntwo", "x", "y");
        post["id"] = "q";
        post["questionId"] = "q";
        post["kind"] = "question";
        post["region"] = "westeurope";
        post["createdAt"] = "2026-01-01";
        post["revision"] = 0;
        return post;
    }

    private static JsonObject Edit(string region, string at, JsonObject content)
    {
        var post = Original();
        foreach (var (name, value) in content)
            post[name] = value?.DeepClone();
        post["editedAt"] = at;
        post["editedIn"] = region;
        post["revision"] = 1;
        post["start"] = Start.DeepClone();
        return post;
    }

    private static JsonObject Content(string title, string body, params string[] tags) => new()
    {
        ["title"] = title,
        ["body"] = body,
        ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]),
    };

    // Who edited last is told by the region too, which follows from the order of equal times.
    private static JsonObject Meaning(JsonObject merged) => new()
    {
        ["title"] = merged["title"]!.DeepClone(),
        ["body"] = merged["body"]!.DeepClone(),
        ["tags"] = merged["tags"]!.DeepClone(),
        ["history"] = merged["history"]!.DeepClone(),
    };
}
