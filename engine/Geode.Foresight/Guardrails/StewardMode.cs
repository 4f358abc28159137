namespace Geode.Foresight.Guardrails;

/// <summary>How far the steward goes.</summary>
public enum StewardMode
{
    /// <summary>Plans are shown.</summary>
    Observe,

    /// <summary>They are shown with what they would have changed.</summary>
    Advise,

    /// <summary>They are applied.</summary>
    Act,
}
