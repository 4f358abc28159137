namespace Geode.Personal;

/// <summary>What can be shown to a visitor: a question, an article, a product.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Tags">What it is about; may be empty.</param>
/// <param name="Text">Its title or a few words; may be empty.</param>
/// <param name="At">When it was made.</param>
/// <param name="Score">What all visitors together make of it: the sum of their votes.</param>
public sealed record Item(string Id, IReadOnlyList<string> Tags, string Text, DateTimeOffset At, double Score = 0);
