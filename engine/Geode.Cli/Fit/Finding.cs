namespace Geode.Cli.Fit;

/// <summary>What one criterion says.</summary>
/// <param name="Criterion">Its name: one word or two.</param>
/// <param name="Speaks">For the pattern or against it.</param>
/// <param name="Reason">A sentence.</param>
/// <param name="Instead">What to use where it speaks against it; null: nothing to say.</param>
internal sealed record Finding(string Criterion, Speaks Speaks, string Reason, string? Instead = null);

/// <summary>What a criterion means for the pattern.</summary>
internal enum Speaks
{
    /// <summary>The pattern gives what is needed here.</summary>
    For,

    /// <summary>It neither helps nor harms.</summary>
    Neither,

    /// <summary>It fits a part only, or less well.</summary>
    Against,

    /// <summary>It must not be used as long as this is so.</summary>
    RulesOut,
}
