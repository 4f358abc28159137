namespace Geode.Control;

/// <summary>A request to the control API that is answered with a problem.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="detail">One line: what is wrong and what is allowed.</param>
/// <param name="known">The names that exist, when the request used one that does not.</param>
/// <param name="lost">What would be lost, when the request is refused for that and can be forced.</param>
internal sealed class ControlException(int status, string detail, IReadOnlyList<string>? known = null, string? lost = null) : Exception(detail)
{
    public int Status { get; } = status;

    public IReadOnlyList<string>? Known { get; } = known;

    public string? Lost { get; } = lost;

    public static ControlException Invalid(string field, string problem) => new(400, $"{field}: {problem}");
}
