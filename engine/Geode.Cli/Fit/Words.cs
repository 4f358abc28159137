namespace Geode.Cli.Fit;

/// <summary>The words of a description's file, and what they mean.</summary>
internal static class Words
{
    public static readonly IReadOnlyDictionary<string, Loss> Losses = new Dictionary<string, Loss>
    {
        ["nothing"] = Loss.Nothing,
        ["zone"] = Loss.Zone,
        ["region"] = Loss.Region,
        ["regions"] = Loss.Regions,
    };

    public static readonly IReadOnlyDictionary<string, Residency> Residencies = new Dictionary<string, Residency>
    {
        ["none"] = Residency.None,
        ["some"] = Residency.Some,
        ["all"] = Residency.All,
    };

    public static readonly IReadOnlyDictionary<string, SessionState> SessionStates = new Dictionary<string, SessionState>
    {
        ["store"] = SessionState.Store,
        ["process"] = SessionState.Process,
    };

    public static readonly IReadOnlyDictionary<string, Platform> Platforms = new Dictionary<string, Platform>
    {
        ["new"] = Platform.New,
        ["cloud-native"] = Platform.CloudNative,
        ["legacy"] = Platform.Legacy,
    };

    public static readonly IReadOnlyDictionary<string, Consistency> Consistencies = new Dictionary<string, Consistency>
    {
        ["eventual"] = Consistency.Eventual,
        ["strong"] = Consistency.Strong,
    };
}
