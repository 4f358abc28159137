namespace Geode.Bench.Targets;

/// <summary>A server under measurement.</summary>
/// <param name="Name">As in the report.</param>
/// <param name="KeepsData">False for a server that only seems to: there is no point in filling it.</param>
internal sealed record Target(string Name, Uri Endpoint, string Key, bool KeepsData = true);
