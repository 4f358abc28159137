using Geode.Api.Questions;
using Microsoft.AspNetCore.Http;

namespace Geode.Api.Http;

/// <summary>The <c>Idempotency-Key</c> header: 1 to 128 visible ASCII characters.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const int MaxLength = 128;

    /// <summary>The key, null when there is none, or what is wrong with it.</summary>
    public static (string? Key, FieldProblem? Problem) Read(HttpRequest request)
    {
        var values = request.Headers[Header];
        return values.Count switch
        {
            0 => (null, null),
            1 when values[0] is { Length: > 0 and <= MaxLength } key && key.All(c => c is > ' ' and <= '~') => (key, null),
            _ => (null, new(Header, $"Give one key of 1 to {MaxLength} visible ASCII characters.")),
        };
    }
}
