using System.CommandLine;

namespace Geode.Cli.Commands;

/// <summary>The options of <c>simulate</c>.</summary>
internal sealed class SimulateOptions
{
    public static readonly string[] Policies = ["fixed", "reactive", "predictive"];

    public Option<FileInfo?> Trace { get; } = CliOptions.File("--trace", "Requests by minute: CSV of minute,requests.");
    public Option<string?> Profile { get; } = CliOptions.Word("--profile", "Instead of a trace.", ["follow-the-sun"]);
    public Option<FileInfo?> History { get; } = CliOptions.File("--history", "The trace before it, on which the predictive policy has learned.");
    public Option<double?> Peak { get; } = CliOptions.Number("--peak", "Requests per second of the busiest minute of the planet; a trace is scaled to it", 0.001, 10_000_000);
    public Option<double?> Hours { get; } = CliOptions.Number("--hours", "How long: the whole trace, or 24", 0.01, 100_000);
    public Option<string[]> PolicyList { get; } = CliOptions.List("--policies", "What is compared.", Policies);
    public Option<FileInfo?> Planet { get; } = CliOptions.File("--planet", "Its geode.json, whose limits hold; without it the nearest one's regions, with as many instances as it takes.");
    public Option<int?> Geodes { get; } = CliOptions.Whole("--geodes", "A planet of so many geodes instead, spread over the globe", 1, 254);
    public Option<int?> Most { get; } = CliOptions.Whole("--most", "Most instances of a region", 1, 10_000);
    public Option<string[]> Faults { get; } = new("--fault") { Description = "A region is gone for a time: region@time:duration, such as westeurope@12h:30m. May be given again.", HelpName = "FAULT" };
    public Option<double?> TargetMs { get; } = CliOptions.Number("--target-ms", "In what time a geode shall answer 99 of 100 requests; 250", 1, 60_000);
    public Option<double?> Reactive { get; } = CliOptions.Number("--reactive-utilisation", "Of an instance at which the HTTP rule wants another one; 0.7", 0.05, 1);
    public Option<double?> PlanUtilisation { get; } = CliOptions.Number("--plan-utilisation", "Of an instance at most, for the fixed policy and for plans; 0.9", 0.05, 1);
    public Option<double?> Backstop { get; } = CliOptions.Number("--backstop-utilisation", "The same for the rule that stays under the plans; 0.9", 0.05, 1);
    public Option<bool> Frontier { get; } = new("--frontier") { Description = "Also the reactive policy at other utilisations: what it would cost to have fewer requests over target." };
    public Option<bool> SurviveLoss { get; } = new("--survive-loss") { Description = "Plan room for the loss of any one geode." };
    public Option<string?> Prefer { get; } = CliOptions.Word("--prefer", "What plans prefer among geodes within --extra-ms.", ["latency", "cost", "carbon"]);
    public Option<double?> ExtraMs { get; } = CliOptions.Number("--extra-ms", "One-way delay that is given for it; 0", 0, 1_000);
    public Option<double?> ServiceMs { get; } = CliOptions.Number("--service-ms", "Mean time that an instance works on a request; 50", 0.1, 30_000);
    public Option<int?> Concurrency { get; } = CliOptions.Whole("--concurrency", "Requests that an instance works on at once; 4", 1, 1_000);
    public Option<double?> ColdStart { get; } = CliOptions.Number("--cold-start", "Seconds from the decision for an instance until it serves; 60", 0, 3_600);
    public Option<double?> Day { get; } = CliOptions.Number("--day", "Seconds of a day of the load; 86400", 60, 86_400);
    public Option<FileInfo?> Prices { get; } = CliOptions.File("--prices", "Your own prices: CSV of meter,region,price,date,source, such as 'prices update' writes.");
    public Option<FileInfo?> Intensity { get; } = CliOptions.File("--grid-intensity", "Your own: CSV of region,gramsPerKwh,date,source.");
    public Option<int?> Seed { get; } = CliOptions.Whole("--seed", "Of all that is drawn by chance; 1", 0, int.MaxValue);
    public Option<FileInfo?> Json { get; } = CliOptions.File("--json", "Also write the figures to this file; - writes them here, and no table.");
    public Option<FileInfo?> Picture { get; } = CliOptions.File("--picture", "Also draw them: an SVG.");

    public IEnumerable<Option> All =>
    [
        Trace, Profile, History, Peak, Hours, PolicyList, Planet, Geodes, Most, Faults, TargetMs, Reactive, PlanUtilisation, Backstop, Frontier, SurviveLoss,
        Prefer, ExtraMs, ServiceMs, Concurrency, ColdStart, Day, Prices, Intensity, Seed, Json, Picture,
    ];
}
