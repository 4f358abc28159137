using System.Security.Cryptography;
using System.Text;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Tells whether a continuation belongs to a query: a hash of its canonical text and its parameters.</summary>
internal static class QueryFingerprint
{
    private const int Length = 12;

    public static string Of(SqlQuery query, QueryParameters parameters)
    {
        var text = new StringBuilder(query.ToString());
        foreach (var (name, value) in parameters.All)
        {
            text.Append('\n').Append(name).Append('=').Append(value);
        }

        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, Length));
    }
}
