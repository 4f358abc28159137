namespace Geode.Router.Selection;

/// <summary>Chooses the origin a request goes to.</summary>
internal interface IOriginSelector
{
    /// <summary>The index of the chosen origin, or -1.</summary>
    int Pick(in Choice choice);
}
