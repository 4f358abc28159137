using System.CommandLine;
using System.Globalization;
using Geode.Bench.Measuring;
using Geode.Bench.Reporting;
using Geode.Bench.Targets;
using Geode.Bench.Workloads;
using Geode.Topology;

namespace Geode.Bench.Commands;

/// <summary><c>backplane</c>: our server, the null server and perhaps another one, side by side under the same client.</summary>
internal static class BackplaneCommand
{
    public static Command Create()
    {
        var seconds = BenchOptions.Number("--seconds", "Seconds measured for each workload, target and number of callers, in turns of one second", 6, 1, 600);
        var concurrency = BenchOptions.List("--concurrency", "Callers at a time.", "1 to 512", ["1", "16", "64"], IsConcurrency);
        string[] all = [.. Workload.All.Select(w => w.Name)];
        var only = BenchOptions.List("--only", "Workloads to run.", string.Join(", ", all), all, all.Contains);
        var endpoint = new Option<string?>("--endpoint") { Description = "Measure this account too: http(s)://host:port/", HelpName = "URL" };
        var key = new Option<string?>("--key") { Description = "Its key (default: the emulators' well-known key).", HelpName = "KEY" };
        var durability = new Option<string>("--durability") { Description = "Of our server: batch (on disk before acknowledged) or none.", DefaultValueFactory = _ => "batch" };
        durability.AcceptOnlyFromAmong("batch", "none");
        var json = BenchOptions.Json();
        endpoint.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(Uri.TryCreate(token.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
                result.AddError($"--endpoint is an address like http://127.0.0.1:8081/, not '{token.Value}'.");
        });

        var command = new Command("backplane", "Compares our server with a null server and, if given, another endpoint.") { seconds, concurrency, only, endpoint, key, durability, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = new ComparisonPlan(
                [.. Workload.All.Where(w => parsed.GetRequiredValue(only).Contains(w.Name))],
                [.. parsed.GetRequiredValue(concurrency).Select(c => int.Parse(c, CultureInfo.InvariantCulture))],
                parsed.GetValue(seconds));
            var external = parsed.GetValue(endpoint) is { } text && new Uri(text) is var uri ? new Target(uri.Authority, uri, parsed.GetValue(key) ?? PlanetEnvironment.EmulatorKey) : null;
            await RunAsync(plan, external, parsed.GetRequiredValue(durability), parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static async Task RunAsync(ComparisonPlan plan, Target? external, string durability, FileInfo? json, CancellationToken cancellation)
    {
        MachineNote.Print();
        using var folder = new TemporaryFolder();
        var (ourProcess, ours) = LocalServers.StartBackplane(folder.Path, durability);
        await using var stopOurs = ourProcess;
        var (nullProcess, ceiling) = LocalServers.StartNullServer();
        await using var stopNull = nullProcess;
        await ourProcess.AnswersAsync(ours, "/", null, cancellation);
        await nullProcess.AnswersAsync(ceiling, "/", null, cancellation);

        List<BenchAccount> accounts = [new BenchAccount(ours, ourProcess), new BenchAccount(ceiling, nullProcess)];
        if (external is not null) accounts.Add(new BenchAccount(external));
        var results = await new Comparison(plan, accounts, BackplaneReport.PrintLine).RunAsync(cancellation);
        foreach (var account in accounts) await account.DisposeAsync();

        BackplaneReport.Print(results);
        if (results.Any(r => r.Target == ours.Name && r.Error is not null)) Console.Error.WriteLine($"Last output of our server:\n{ourProcess.LastOutput}");
        if (json is not null) JsonReport.Write(json, new { plan.Rounds, durability, results });
    }

    private static bool IsConcurrency(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var callers) && callers is >= 1 and <= 512;
}
