using System.Text.RegularExpressions;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Makes a case smaller, a part at a time, for as long as what is left still fails.</summary>
internal static partial class NaiveShrinker
{
    // Cases with many documents would take minutes to the end.
    private const int MostTries = 3_000;

    public static NaiveCase Shrink(NaiveCase failing, Func<NaiveCase, bool> fails)
    {
        var tries = 0;
        while (Smaller(failing).FirstOrDefault(smaller => tries++ < MostTries && fails(smaller)) is { } smaller)
            failing = smaller;
        return failing;
    }

    private static IEnumerable<NaiveCase> Smaller(NaiveCase whole) =>
        Queries(whole).Concat(FewerDocuments(whole)).Concat(SmallerDocuments(whole));

    private static IEnumerable<NaiveCase> FewerDocuments(NaiveCase whole)
    {
        for (var size = whole.Documents.Count; size > 0; size /= 2)
        {
            for (var at = 0; at < whole.Documents.Count; at += size)
                yield return whole with { Documents = [.. whole.Documents.Take(at), .. whole.Documents.Skip(at + size)] };
        }
    }

    private static IEnumerable<NaiveCase> SmallerDocuments(NaiveCase whole)
    {
        for (var i = 0; i < whole.Documents.Count; i++)
        {
            foreach (var value in Parts((NaiveObject)NaiveJson.Parse(whole.Documents[i])))
                yield return whole with { Documents = [.. whole.Documents.Take(i), NaiveJson.Write(value), .. whole.Documents.Skip(i + 1)] };
        }
    }

    /// <summary>The object without one of its members, or with one made smaller; its identity stays.</summary>
    private static IEnumerable<NaiveObject> Parts(NaiveObject whole)
    {
        foreach (var (name, value) in whole.Members.Where(member => member.Key is not ("id" or "pk")))
        {
            yield return Copy(whole).With(name, NaiveValue.Undefined);
            if (value is NaiveObject inner)
            {
                foreach (var part in Parts(inner))
                    yield return Copy(whole).With(name, part);
            }

            for (var i = 0; value is NaiveArray array && i < array.Items.Length; i++)
                yield return Copy(whole).With(name, NaiveValue.Of(array.Items.Where((_, at) => at != i)));
        }
    }

    private static NaiveObject Copy(NaiveObject whole) =>
        whole.Members.Aggregate(new NaiveObject(), (copy, member) => copy.With(member.Key, member.Value));

    private static IEnumerable<NaiveCase> Queries(NaiveCase whole) => NaiveCuts.Of(SqlParser.Parse(whole.Query))
        .Select(query => whole with { Query = OneLine().Replace(query.ToString(), " ") })
        .Where(smaller => smaller.Query.Length < whole.Query.Length);

    [GeneratedRegex(@"\n\s*")]
    private static partial Regex OneLine();
}
