using System.Text.Json;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Answers a request for a query's plan.</summary>
public static class QueryPlans
{
    public static Task AnswerAsync(BackplaneRequest request, Container container, JsonElement body) => throw new NotImplementedException();
}
