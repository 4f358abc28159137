using System.Text.Json;
using Geode.Backplane.Protocol;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Scripts;

/// <summary>Runs stored procedures: all that one does is one transaction over the partition key it is run for.</summary>
public static class StoredProcedures
{
    /// <param name="script">The resource.</param>
    public static async Task RunAsync(BackplaneRequest request, CatalogEntry script)
    {
        var container = request.FindContainer();
        var key = container.PlaceOf(ItemKeys.FromHeader(request, container));
        using var definition = JsonDocument.Parse(script.Json);
        using var arguments = await ArgumentsAsync(request);
        var (response, charge) = await ScriptTransaction.RunAsync(request, container, key, transaction =>
        {
            using var run = transaction.Start(new { body = arguments.RootElement, operation = "Execute" }, new { }, writesRequest: false);
            run.Run(script.Name, BodyOf(definition), arguments.RootElement);
            var response = run.Response;
            transaction.Commit();
            return (response, 5 + transaction.Charge);
        });
        request.DescribePartition(container.PartitionOf(key.Hash));
        request.Charge(charge);
        await request.AnswerAsync(200, response ?? "");
    }

    /// <summary>A script's text.</summary>
    internal static string BodyOf(JsonDocument definition) => definition.RootElement.GetProperty("body").GetString()!;

    private static async Task<JsonDocument> ArgumentsAsync(BackplaneRequest request)
    {
        var body = await request.ReadBodyAsync();
        if (body.IsEmpty)
            return JsonDocument.Parse("[]");
        var arguments = RequestJson.Parse(body);
        return arguments.RootElement.ValueKind == JsonValueKind.Array
            ? arguments
            : throw ProtocolException.BadRequest("The arguments of a stored procedure are a JSON array.");
    }
}
