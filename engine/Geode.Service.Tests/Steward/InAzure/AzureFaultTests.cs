using Geode.Foresight.Planning;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Tests.Steward.InAzure;

/// <summary>What Azure refuses, and what is in the way: said, waited for, gone on with.</summary>
public sealed class AzureFaultTests : AzureTestBase
{
    private static bool IsChange(HttpRequest request, string type) => request.Method == "PATCH" && request.Path.Value!.Contains(type, StringComparison.Ordinal);

    [Fact]
    public async Task Throttled_it_asks_again_when_Azure_has_said()
    {
        Azure.Fault = request => IsChange(request, "Microsoft.App") ? (429, "TooManyRequests", "Too many requests.", "120") : null;
        Assert.Contains("next try at 00:02:00", await RefusedAsync(() => FloorAsync(3)));
        Azure.Fault = _ => null;
        Advance(1.9);
        Assert.Contains("too often", await RefusedAsync(() => FloorAsync(3, 2)));
        Assert.Equal(2, Azure.Asked.Count);
        Advance(0.1);
        await FloorAsync(3, 3);
        Assert.Equal(3, Azure.Least);
    }

    [Theory]
    [InlineData("PATCH", "Microsoft.App/containerApps/write")]
    [InlineData("GET", "Microsoft.App/containerApps/read")]
    public async Task Refused_it_names_the_permission_that_is_missing(string method, string action)
    {
        Azure.Fault = request => request.Method == method ? (403, "AuthorizationFailed", "The client does not have authorization.", null) : null;
        var why = await RefusedAsync(() => FloorAsync(3));
        Assert.Contains(action, why);
        Assert.Contains("api of eastus", why);
        Assert.Null(Memory["app"]);
    }

    [Fact]
    public async Task Done_by_half_it_goes_on_with_the_other_half()
    {
        Azure.Fault = request => IsChange(request, "Microsoft.Cdn") ? (503, "ServiceUnavailable", "Try again.", null) : null;
        await FloorAsync(3);
        Assert.Contains("503", await RefusedAsync(() => SteerAsync(["eastus"])));
        Azure.Fault = _ => null;
        Restart();
        Advance(20);

        await FloorAsync(3, 2);
        await SteerAsync(["eastus"], 2);

        Assert.Equal(3, Azure.Least);
        Assert.Equal("Disabled", (string)Azure.OriginProperties["enabledState"]!);
        Assert.Equal(1, Count("PATCH app"));
    }

    [Fact]
    public async Task Another_one_who_was_quicker_is_seen_by_the_tag_and_by_conflicts()
    {
        Azure.Tag = "\"1\"";
        Azure.Fault = request =>
        {
            if (request.Method == "PATCH")
                Azure.Tag = "\"2\"";
            return null;
        };
        Assert.Contains("changed by somebody else", await RefusedAsync(() => FloorAsync(3)));
        Assert.Equal(1, Azure.Least);
        Azure.Fault = request => request.Method == "PATCH" ? (409, "ContainerAppOperationInProgress", "An operation is in progress.", null) : null;
        Advance(1);
        Assert.Contains("changed by somebody else", await RefusedAsync(() => FloorAsync(3, 2)));
        Azure.Fault = _ => null;
        Advance(1);
        await FloorAsync(3, 3);
        Assert.Equal(3, Azure.Least);
    }

    [Fact]
    public async Task An_answer_that_is_none_is_said_and_changes_nothing()
    {
        Azure.AppBody.Remove("properties");
        Assert.Contains("unknown", await RefusedAsync(() => FloorAsync(3)));
        Assert.Empty(Azure.Changes);
    }

    [Fact]
    public async Task An_Azure_that_is_not_there_is_said()
    {
        await Azure.DisposeAsync();
        Assert.Contains("cannot be reached", await RefusedAsync(() => FloorAsync(3)));
    }

    [Fact]
    public async Task What_cannot_be_remembered_is_not_changed()
    {
        Memory.Fault = new CosmosException("no replica", System.Net.HttpStatusCode.ServiceUnavailable, 0, "", 0);
        Assert.Contains("cannot be remembered", await RefusedAsync(() => FloorAsync(3)));
        Assert.Empty(Azure.Changes);
    }

    [Fact]
    public async Task Of_two_Workers_one_changes_it()
    {
        var both = new[] { Actions, Worker() };
        var results = await Task.WhenAll(both.Select(async worker =>
        {
            try
            {
                await worker.ApplyFloorAsync("eastus", 3, new(7, 1), default);
                return true;
            }
            catch (Geode.Service.Steward.PlanActionException)
            {
                return false;
            }
        }));
        Assert.Contains(true, results);
        Assert.Equal(1, Count("PATCH app"));
        Assert.Equal(3, Azure.Least);
    }

    [Fact]
    public async Task What_Front_Door_cannot_do_is_said_and_the_rest_is_done()
    {
        var far = new PlacePlan("tokyo", new Dictionary<string, double> { ["southeastasia"] = 0.5, ["eastus"] = 0.5 }, "busy");
        var why = await RefusedAsync(() => SteerAsync(["eastus"], 1, far));
        Assert.Contains("tokyo", why);
        Assert.Equal("Disabled", (string)Azure.OriginProperties["enabledState"]!);
    }
}
