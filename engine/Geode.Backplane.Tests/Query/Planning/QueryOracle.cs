using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Azure.Cosmos;
using Newtonsoft.Json;

namespace Geode.Backplane.Tests.Query.Planning;

/// <summary>
/// The planner inside the Cosmos DB SDK: a native library, reached by reflection because the SDK keeps it to itself. The package
/// brings the library for Linux on x64; elsewhere there is nothing to compare with.
/// </summary>
internal sealed class QueryOracle : IDisposable
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // As an account describes its query engine.
    private static readonly Dictionary<string, object> Engine = new()
    {
        ["maxSqlQueryInputLength"] = 524288,
        ["maxJoinsPerSqlQuery"] = 10,
        ["maxLogicalAndPerSqlQuery"] = 2000,
        ["maxLogicalOrPerSqlQuery"] = 2000,
        ["maxUdfRefPerSqlQuery"] = 10,
        ["maxInExpressionItemsCount"] = 16000,
        ["queryMaxInMemorySortDocumentCount"] = 500,
        ["maxQueryRequestTimeoutFraction"] = 0.9,
        ["sqlAllowNonFiniteNumbers"] = false,
        ["sqlAllowAggregateFunctions"] = true,
        ["sqlAllowSubQuery"] = true,
        ["sqlAllowScalarSubQuery"] = true,
        ["allowNewKeywords"] = true,
        ["sqlAllowLike"] = true,
        ["sqlAllowGroupByClause"] = true,
        ["maxSpatialQueryCells"] = 12,
        ["spatialMaxGeometryPointCount"] = 256,
        ["sqlDisableOptimizationFlags"] = 0,
        ["sqlAllowTop"] = true,
        ["enableSpatialIndexing"] = true,
        ["queryEnableFullText"] = true,
        ["queryMaxFullTextScoreSearchTerms"] = 100,
        ["queryMaxRrfArgumentCount"] = 100,
    };

    private readonly object _provider;
    private readonly MethodInfo _plan;

    public QueryOracle()
    {
        var type = typeof(CosmosClient).Assembly.GetType("Microsoft.Azure.Cosmos.Query.Core.QueryPlan.QueryPartitionProvider", throwOnError: true)!;
        _provider = Activator.CreateInstance(type, Engine)!;
        _plan = type.GetMethod("TryGetPartitionedQueryExecutionInfo", Members)
            ?? throw new MissingMethodException(type.FullName, "TryGetPartitionedQueryExecutionInfo");
    }

    /// <summary>Why there is no oracle here; null where there is one.</summary>
    public static string? Missing { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? null
        : "The Cosmos DB package brings its query planner for Linux on x64 only.";

    /// <summary>The plan or the error, as JSON.</summary>
    public string Plan(string body, string partitionKey, VectorEmbeddingPolicy? vectors = null, bool fusesPlainly = false)
    {
        var parameters = _plan.GetParameters();
        var definition = JsonConvert.DeserializeObject(partitionKey, parameters[1].ParameterType);
        object?[] arguments =
        [
            body, definition,
            .. parameters.Skip(2).Select(parameter => parameter.Name switch
            {
                "vectorEmbeddingPolicy" => vectors,
                "hybridSearchSkipOrderByRewrite" => fusesPlainly,
                "requireFormattableOrderByQuery" or "allowNonValueAggregateQuery" or "allowDCount" => true,
                _ => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null,
            }),
        ];
        var outcome = _plan.Invoke(_provider, arguments)!;
        return Read<bool>(outcome, "Succeeded") ? Read<object>(outcome, "Result").ToString()! : ErrorOf(Read<Exception>(outcome, "Exception"));
    }

    public void Dispose() => ((IDisposable)_provider).Dispose();

    private static string ErrorOf(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner.Message.StartsWith('{')) return inner.Message;
        }

        throw new InvalidOperationException("The oracle failed without an error of its own.", exception);
    }

    private static T Read<T>(object source, string property) => (T)source.GetType().GetProperty(property, Members)!.GetValue(source)!;
}

/// <summary>A fact that holds against the SDK's own planner, where that runs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute() => Skip = QueryOracle.Missing;
}

/// <summary>A theory that holds against the SDK's own planner, where that runs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OracleTheoryAttribute : TheoryAttribute
{
    public OracleTheoryAttribute() => Skip = QueryOracle.Missing;
}
