using System.Text.Json;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Answers a request for a query's plan.</summary>
public static class QueryPlans
{
    public static Task AnswerAsync(BackplaneRequest request, Container container, JsonElement body)
    {
        var key = new PartitionKeyDefinition(container.Settings.PartitionKey, container.Settings.Scheme);
        return request.AnswerAsync(200, QueryPlanner.PlanJson(body, key, vectors: QueryHandler.OptionsFor(request, container).Vectors));
    }
}
