using System.Security.Cryptography;
using System.Text;

namespace Geode.Service.Conflicts;

/// <summary>The edits that one version of a document holds, oldest first, as short ids that the document keeps. With it a merge sees which of
/// two versions already holds the other, and from where both went apart.</summary>
/// <remarks>An id is the hash of the id before it and of the new content, so the same edit made twice (a request that was tried in two
/// regions) has one id. An empty lineage is that of a document nobody has edited: every other one holds it.</remarks>
public static class Lineage
{
    /// <summary>Ids kept. Versions that went apart longer ago than that are merged as if they had nothing in common.</summary>
    public const int MaxEdits = 32;

    private const int IdBytes = 9;

    /// <summary>The lineage after one more edit.</summary>
    /// <param name="before">Of the version that was edited.</param>
    /// <param name="content">All that an edit can change, in a form that is the same for the same content.</param>
    public static IReadOnlyList<string> After(IReadOnlyList<string> before, string content) =>
        [.. before.Append(Id(Last(before), content)).TakeLast(MaxEdits)];

    /// <summary>The lineage of a merge. The same whichever version comes first, when the contents say the same.</summary>
    public static IReadOnlyList<string> Merged(IReadOnlyList<string> one, IReadOnlyList<string> other, string content)
    {
        var (first, second) = string.CompareOrdinal(Last(one), Last(other)) < 0 ? (one, other) : (other, one);
        return After([.. first.Union(second, StringComparer.Ordinal)], content);
    }

    /// <summary>Whether all that the other version says was known to who wrote this one.</summary>
    public static bool Holds(IReadOnlyList<string> lineage, IReadOnlyList<string> other) => Holds(lineage, Last(other));

    /// <summary>Whether this version holds what the other's last edit started from; then that is where the two went apart.</summary>
    public static bool HoldsStartOf(IReadOnlyList<string> lineage, IReadOnlyList<string> other) =>
        other.Count > 0 && Holds(lineage, Last([.. other.SkipLast(1)]));

    // Where older ids were dropped, what came first is no longer known.
    private static bool Holds(IReadOnlyList<string> lineage, string id) =>
        id.Length == 0 ? lineage.Count < MaxEdits : lineage.Contains(id, StringComparer.Ordinal);

    private static string Last(IReadOnlyList<string> lineage) => lineage.Count == 0 ? "" : lineage[^1];

    private static string Id(string before, string content) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(before + "\n" + content)).AsSpan(0, IdBytes));
}
