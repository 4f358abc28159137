namespace Geode.Router.Selection;

/// <summary>Chooses the origin a request goes to.</summary>
internal interface IOriginSelector
{
    /// <summary>The index of the chosen origin, or -1.</summary>
    int Pick(in Choice choice);

    /// <summary>The index of an origin that is awake and would do about as well as the one that sleeps; or -1.</summary>
    int Awake(in Choice choice, int sleeper);
}
