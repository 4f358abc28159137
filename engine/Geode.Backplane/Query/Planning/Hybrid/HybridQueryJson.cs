using System.Text.Json;

namespace Geode.Backplane.Query.Planning.Hybrid;

/// <summary>Writes <c>hybridSearchQueryInfo</c> in the form that Cosmos DB's clients read.</summary>
internal static class HybridQueryJson
{
    public static void Write(Utf8JsonWriter json, HybridQueryInfo info)
    {
        json.WriteStartObject("hybridSearchQueryInfo");
        json.WriteString("globalStatisticsQuery", info.GlobalStatisticsQuery);
        json.WriteStartArray("componentQueryInfos");
        foreach (var component in info.Components) QueryPlanJson.WriteObject(json, component);
        json.WriteEndArray();
        json.WriteStartArray("componentWithoutPayloadQueryInfos");
        json.WriteEndArray();
        json.WriteNull("projectionQueryInfo");
        json.WriteStartArray("componentWeights");
        foreach (var weight in info.Weights) json.WriteNumberValue(weight);
        json.WriteEndArray();
        QueryPlanJson.Write(json, "skip", info.Skip);
        QueryPlanJson.Write(json, "take", info.Take);
        json.WriteBoolean("requiresGlobalStatistics", info.RequiresGlobalStatistics);
        json.WriteString("scoreCombinationKind", "Rrf");
        json.WriteEndObject();
    }
}
