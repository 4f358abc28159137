using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using StreamJsonRpc;

namespace Geode.Tests.Azure.Bicep;

/// <summary>Azure's own Bicep compiler and template engine: one process that all tests ask, by JSON-RPC.</summary>
internal sealed class BicepCompiler
{
    private static readonly Lazy<BicepCompiler> Started = new(() => new(Path!));

    private readonly JsonRpc _rpc;

    private BicepCompiler(string path)
    {
        var process = Process.Start(new ProcessStartInfo(path, ["jsonrpc", "--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        // It ends when nobody can ask it any more.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.StandardInput.Close();
        var formatter = new SystemTextJsonFormatter { JsonSerializerOptions = { PropertyNamingPolicy = JsonNamingPolicy.CamelCase } };
        _rpc = new(new HeaderDelimitedMessageHandler(process.StandardInput.BaseStream, process.StandardOutput.BaseStream, formatter));
        _rpc.StartListening();
    }

    /// <summary>Where its package put it; null on a platform that has no package.</summary>
    public static string? Path { get; } = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .SingleOrDefault(a => a.Key == "BicepCompiler")?.Value?.Replace('\\', '/');

    public static BicepCompiler Instance => Started.Value;

    /// <summary>The template as Azure Resource Manager takes it, and what the compiler and its linter have to say.</summary>
    /// <exception cref="BicepException">It does not compile.</exception>
    public async Task<Compiled> CompileAsync(string path)
    {
        var answer = await AskAsync("bicep/compile", new { path });
        var findings = answer.GetProperty("diagnostics").EnumerateArray().Select(Finding).ToList();
        return answer.GetProperty("success").GetBoolean()
            ? new(JsonDocument.Parse(answer.GetProperty("contents").GetString()!).RootElement, findings)
            : throw new BicepException(string.Join('\n', findings));
    }

    /// <summary>Every resource that a deployment would make, and its outputs, as the engine foresees them.</summary>
    /// <param name="path">A <c>.bicepparam</c> file: the template and its parameters.</param>
    /// <param name="group">Group that is deployed to; null for the subscription.</param>
    /// <exception cref="BicepException">The engine refuses the deployment.</exception>
    public async Task<JsonElement> SnapshotAsync(string path, string? group)
    {
        var metadata = new { subscriptionId = Deployment.SubscriptionId, resourceGroup = group, location = "westeurope", deploymentName = "planet" };
        try
        {
            var answer = await AskAsync("bicep/getSnapshot", new { path, metadata });
            return JsonDocument.Parse(answer.GetProperty("snapshot").GetString()!).RootElement;
        }
        catch (BicepException refused)
        {
            // Of what does not compile it says no more than that.
            var compiled = await AskAsync("bicep/compileParams", new { path, parameterOverrides = new { } });
            var why = compiled.GetProperty("success").GetBoolean() ? [] : compiled.GetProperty("diagnostics").EnumerateArray().Select(Finding);
            throw new BicepException(string.Join('\n', [refused.Message, .. why]), refused);
        }
    }

    /// <summary>Names of a template's parameters with their types.</summary>
    public async Task<Dictionary<string, string>> ParametersAsync(string path) =>
        (await AskAsync("bicep/getMetadata", new { path })).GetProperty("parameters").EnumerateArray()
            .ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("type").GetProperty("name").GetString()!);

    private async Task<JsonElement> AskAsync(string method, object request)
    {
        try
        {
            return await _rpc.InvokeAsync<JsonElement>(method, request);
        }
        catch (RemoteInvocationException e)
        {
            throw new BicepException(e.Message, e);
        }
    }

    private static string Finding(JsonElement diagnostic) =>
        $"{System.IO.Path.GetFileName(diagnostic.GetProperty("source").GetString())}"
        + $"({diagnostic.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32() + 1}): "
        + $"{diagnostic.GetProperty("level").GetString()} {diagnostic.GetProperty("code").GetString()}: {diagnostic.GetProperty("message").GetString()}";
}

/// <summary>A compiled template with what was found in it.</summary>
internal sealed record Compiled(JsonElement Template, IReadOnlyList<string> Findings);

/// <summary>What the compiler or the engine refused, in their own words.</summary>
internal sealed class BicepException(string message, Exception? inner = null) : Exception(message, inner);
