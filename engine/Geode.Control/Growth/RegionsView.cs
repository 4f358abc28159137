namespace Geode.Control.Growth;

/// <summary>What a change of the planet's regions came to.</summary>
/// <param name="Change"><c>added</c> or <c>removed</c>.</param>
/// <param name="Regions">Those there are now.</param>
/// <param name="Version">Of the session tokens from now on.</param>
/// <param name="Lost">What a forced removal gave up, or null.</param>
internal sealed record RegionsView(string Change, string Region, IReadOnlyList<string> Regions, long Version, string? Lost);
