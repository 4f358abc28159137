using System.Security.Cryptography;
using System.Text;

namespace Geode.Service.Identity;

/// <summary>Who is asking: anonymous, but the same in every geode.</summary>
/// <param name="Id">Known to the visitor's cookie and to the documents, shown to nobody.</param>
/// <param name="IsKnown">False when this request brought no valid identity along.</param>
public sealed record Visitor(string Id, bool IsKnown)
{
    /// <summary>What others see of a visitor; does not lead back to the id.</summary>
    public string PublicName => PublicNameOf(Id);

    public static string PublicNameOf(string id) =>
        "visitor-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("name of " + id)).AsSpan(0, 4));
}
