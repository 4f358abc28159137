using System.Text.Json.Nodes;
using Geode.Service.Conflicts;
using Geode.Worker.Conflicts;

namespace Geode.Tests.Worker.Conflicts;

public sealed class PostMergeTests
{
    [Fact]
    public void Takes_what_only_one_of_them_changed()
    {
        var here = Edit("westeurope", "2026-01-01", Content("New title", "one\n-\ntwo", "x", "y"));
        var there = Edit("eastus", "2026-01-02", Content("Title", "one\n-\ntwo\nthree", "y", "z"));

        var merged = new PostMerge().Merge(here, there)!;

        Assert.Equal("New title", merged["title"]!.GetValue<string>());
        Assert.Equal("one\n-\ntwo\nthree", merged["body"]!.GetValue<string>());
        Assert.Equal(["y", "z"], merged["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));
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
        there["edits"] = new JsonArray([.. Enumerable.Range(0, Lineage.MaxEdits).Select(i => JsonValue.Create($"{i}"))]);

        var merged = new PostMerge().Merge(here, there)!;

        Assert.Equal("a\n---\nb", merged["body"]!.GetValue<string>());
        Assert.Equal(["x", "z"], merged["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));
    }

    [Fact]
    public void Edits_after_the_two_went_apart_count_as_one()
    {
        var here = Edit("westeurope", "2026-01-01", Content("Title", "ONE\n-\ntwo", "x"));
        here = Edited(here, "westeurope", "2026-01-03", Content("Title", "ONE!\n-\ntwo", "x"));
        here = Edited(here, "westeurope", "2026-01-04", Content("Title", "ONE!!\n-\ntwo", "x"));
        var there = Edit("eastus", "2026-01-02", Content("There", "one\n-\nTWO", "x", "y"));

        foreach (var merged in new[] { new PostMerge().Merge(here, there)!, new PostMerge().Merge(there, here)! })
        {
            Assert.Equal("There", merged["title"]!.GetValue<string>());
            Assert.Equal("ONE!!\n-\nTWO", merged["body"]!.GetValue<string>());
            Assert.Equal(["x"], Tags(merged));
        }
    }

    [Fact]
    public void An_edit_that_the_other_grew_out_of_adds_nothing()
    {
        var once = Edit("westeurope", "2026-01-01", Content("Once", "one", "x"));
        var twice = Edited(once, "westeurope", "2026-01-02", Content("Twice", "two", "x"));
        // The same request was tried in a second region, which was slow.
        var again = Edit("eastus", "2026-01-03", Content("Once", "one", "x"));

        foreach (var merged in new[] { new PostMerge().Merge(twice, again)!, new PostMerge().Merge(again, twice)! })
            Assert.True(JsonNode.DeepEquals(twice, merged));
    }

    [Fact]
    public void A_merge_that_won_over_an_edit_it_had_not_seen_is_merged_with_it()
    {
        var here = Edit("westeurope", "2026-01-01", Content("Title", "ONE\n-\ntwo", "x", "y"));
        var there = Edit("eastus", "2026-01-02", Content("Title", "one\n-\nTWO", "x", "y"));
        var unseen = Edited(there, "eastus", "2026-01-03", Content("Newer", "one\n-\nTWO!", "x", "y"));

        var merged = new PostMerge().Merge(new PostMerge().Merge(here, there)!, unseen)!;

        Assert.Equal("Newer", merged["title"]!.GetValue<string>());
        Assert.Equal("ONE\n-\nTWO!", merged["body"]!.GetValue<string>());
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
        var post = Content("Title", "one\n-\ntwo", "x", "y");
        post["id"] = "q";
        post["questionId"] = "q";
        post["kind"] = "question";
        post["region"] = "westeurope";
        post["createdAt"] = "2026-01-01";
        return post;
    }

    private static JsonObject Edit(string region, string at, JsonObject content) => Edited(Original(), region, at, content);

    private static JsonObject Edited(JsonObject before, string region, string at, JsonObject content)
    {
        var post = before.DeepClone().AsObject();
        foreach (var (name, value) in content)
            post[name] = value?.DeepClone();
        post["editedAt"] = at;
        post["editedIn"] = region;
        post["start"] = Content(before["title"]!.GetValue<string>(), before["body"]!.GetValue<string>(), Tags(before));
        post["edits"] = new JsonArray([.. Lineage.After(Edits(before), content.ToJsonString()).Select(edit => JsonValue.Create(edit))]);
        return post;
    }

    private static string[] Tags(JsonObject post) => [.. post["tags"]!.AsArray().Select(tag => tag!.GetValue<string>())];

    private static string[] Edits(JsonObject post) => [.. (post["edits"] as JsonArray ?? []).Select(edit => edit!.GetValue<string>())];

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
