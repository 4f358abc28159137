using System.Net;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos.Scripts;

namespace Geode.Backplane.Tests.Scripts;

/// <summary>A container has so many scripts and no more.</summary>
[Collection(SdkCollection.Name)]
public sealed class ScriptCountTests(SdkServers servers)
{
    [Fact]
    public async Task There_are_at_most_100_stored_procedures()
    {
        var scripts = (await servers.One.ContainerAsync()).Scripts;
        for (var i = 0; i < 100; i++)
            await scripts.CreateStoredProcedureAsync(new StoredProcedureProperties($"s{i}", "function () {}"));
        var failure = await scripts.CreateStoredProcedureAsync(new StoredProcedureProperties("more", "function () {}")).FailsAsync(HttpStatusCode.Forbidden);
        Assert.Contains("at most 100", failure.Message, StringComparison.Ordinal);
        await scripts.DeleteStoredProcedureAsync("s7");
        await scripts.CreateStoredProcedureAsync(new StoredProcedureProperties("more", "function () {}"));
    }

    [Fact]
    public async Task There_are_at_most_50_functions()
    {
        var scripts = (await servers.One.ContainerAsync()).Scripts;
        for (var i = 0; i < 50; i++)
            await scripts.CreateUserDefinedFunctionAsync(new UserDefinedFunctionProperties { Id = $"f{i}", Body = "function () {}" });
        var failure = await scripts.CreateUserDefinedFunctionAsync(new UserDefinedFunctionProperties { Id = "more", Body = "function () {}" }).FailsAsync(HttpStatusCode.Forbidden);
        Assert.Contains("at most 50", failure.Message, StringComparison.Ordinal);
    }
}
