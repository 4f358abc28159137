using System.Net.Http.Json;
using System.Text.Json;
using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;
using Geode.Service.Backplane;
using Geode.Topology;

namespace Geode.Service.Steward;

/// <summary>Applies plans on a planet of one machine, through its control API.</summary>
internal sealed class ControlActions(Uri control, Region here, HttpClient http) : IPlanActions
{
    private const int Seconds = 60;
    private const int MostText = 300;

    public Task ApplyFloorAsync(string region, int instances, PlanStamp stamp, CancellationToken cancellation) => SendAsync(
        HttpMethod.Put, $"regions/{region}/floor", new { instances, fence = stamp.Fence, number = stamp.Number, seconds = Seconds }, cancellation);

    public Task ApplySteeringAsync(IReadOnlyList<PlacePlan> places, IReadOnlyList<string> drained, PlanStamp stamp, CancellationToken cancellation) => SendAsync(
        HttpMethod.Put, "steering",
        new
        {
            fence = stamp.Fence,
            number = stamp.Number,
            seconds = Seconds,
            places = places.Select(place => new { place = place.Place, shares = place.Shares }),
            drained,
        },
        cancellation);

    public async Task UndoAsync(CancellationToken cancellation)
    {
        await SendAsync(HttpMethod.Delete, "steering", null, cancellation);
        await SendAsync(HttpMethod.Delete, $"regions/{here.Name}/floor", null, cancellation);
    }

    private async Task SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        var address = new Uri(control, $"/planet/{path}");
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
            request.Content = JsonContent.Create(body, options: BackplaneJson.Options);
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            if (answer.IsSuccessStatusCode)
                return;
            throw new PlanActionException($"{method} {address} answered {(int)answer.StatusCode}: {Detail(await answer.Content.ReadAsStringAsync(cancellation))}");
        }
        catch (HttpRequestException e)
        {
            throw new PlanActionException($"The control API does not answer at {control}: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new PlanActionException($"The control API does not answer at {control} in time.", e);
        }
    }

    private static string Detail(string body)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<JsonElement>(body);
            if (problem.ValueKind is JsonValueKind.Object && problem.TryGetProperty("detail", out var detail) && detail.ValueKind is JsonValueKind.String)
                return detail.GetString()!;
        }
        catch (JsonException)
        {
            // Not a problem document; the text as it is says more than nothing.
        }

        return body.Length > MostText ? body[..MostText] : body;
    }
}

/// <summary>There is nothing here that could be told to do it.</summary>
internal sealed class NoActions : IPlanActions
{
    private const string Why = "Nothing here applies plans: there is no control API, and no Azure resources are named.";

    public Task ApplyFloorAsync(string region, int instances, PlanStamp stamp, CancellationToken cancellation) => throw new PlanActionException(Why);

    public Task ApplySteeringAsync(IReadOnlyList<PlacePlan> places, IReadOnlyList<string> drained, PlanStamp stamp, CancellationToken cancellation) =>
        throw new PlanActionException(Why);

    // Nothing was done.
    public Task UndoAsync(CancellationToken cancellation) => Task.CompletedTask;
}
