using Geode.Service.Http;

namespace Geode.Service.Idempotency;

/// <summary>The <c>Idempotency-Key</c> header: 1 to 128 visible ASCII characters.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const int MaxLength = 128;

    /// <summary>The key, or null when there is none.</summary>
    /// <exception cref="BadFieldException">It is no key.</exception>
    public static string? Read(HttpRequest request)
    {
        var values = request.Headers[Header];
        return values.Count switch
        {
            0 => null,
            1 when values[0] is { Length: > 0 and <= MaxLength } key && key.All(c => c is > ' ' and <= '~') => key,
            _ => throw new BadFieldException(new(Header, $"Give one key of 1 to {MaxLength} visible ASCII characters.")),
        };
    }
}
