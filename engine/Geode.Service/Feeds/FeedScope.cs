namespace Geode.Service.Feeds;

/// <summary>Who processes a change.</summary>
public enum FeedScope
{
    /// <summary>Every geode for itself: as many times as there are regions.</summary>
    Local,

    /// <summary>One geode for the whole planet, the others standing by.</summary>
    Global,
}
