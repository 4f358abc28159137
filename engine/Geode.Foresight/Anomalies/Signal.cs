namespace Geode.Foresight.Anomalies;

/// <summary>A way in which a series can be unusual.</summary>
public enum Signal
{
    /// <summary>The value is far from the usual one.</summary>
    Extreme,

    /// <summary>The value is not the expected one.</summary>
    Surprise,

    /// <summary>The last dozen values were hard to expect: a run of small oddities.</summary>
    Unrest,

    /// <summary>So were the last hundred.</summary>
    LongUnrest,

    /// <summary>The level is another one, by at least a tenth.</summary>
    Shift,

    /// <summary>It is not as usual at this time of day or week.</summary>
    Season,
}
