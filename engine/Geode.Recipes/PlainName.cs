using System.Text.RegularExpressions;
using Geode.Service.Http;

namespace Geode.Recipes;

/// <summary>Names that may be part of an address and of a document's id.</summary>
internal static partial class PlainName
{
    /// <exception cref="BadFieldException">400: it is none.</exception>
    public static void Require(string field, string name)
    {
        if (!Pattern().IsMatch(name))
            throw new BadFieldException(new(field, $"'{name}' is no name; allowed are 1 to 40 letters, digits and hyphens."));
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,40}$")]
    private static partial Regex Pattern();
}
