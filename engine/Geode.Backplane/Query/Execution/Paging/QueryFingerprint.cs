using System.Security.Cryptography;
using System.Text;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Tells whether a continuation belongs to a query: a hash of its canonical text and its parameters, made when first asked for.</summary>
internal sealed class QueryFingerprint(SqlQuery query, QueryParameters parameters)
{
    private const int Length = 12;

    private string? _value;

    public string Value => _value ??= Compute();

    private string Compute()
    {
        var text = new StringBuilder(query.ToString());
        foreach (var (name, value) in parameters.All)
        {
            text.Append('\n').Append(name).Append('=').Append(value);
        }

        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, Length));
    }
}
