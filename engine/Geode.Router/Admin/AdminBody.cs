using System.Text.Json;
using System.Text.Json.Serialization;

namespace Geode.Router.Admin;

/// <summary>Reads what an operator sends.</summary>
internal static class AdminBody
{
    /// <summary>More than any planet needs.</summary>
    public const int MaxBytes = 1024 * 1024 - 1;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };

    /// <param name="example">What is allowed, for people.</param>
    /// <returns>The value, or in one line what is wrong.</returns>
    public static async Task<(T? Value, string? Wrong)> ReadAsync<T>(HttpContext context, string example)
        where T : class
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
        {
            if (body.Length + read > MaxBytes)
                return (null, $"The body is longer than {MaxBytes} bytes. Use {example}.");
            body.Write(buffer, 0, read);
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.GetBuffer().AsSpan(0, (int)body.Length), Strict) is { } value
                ? (value, null)
                : (null, $"The body is null. Use {example}.");
        }
        catch (JsonException error)
        {
            return (null, $"The body is not what it should be: {error.Message.ReplaceLineEndings(" ")} Use {example}.");
        }
    }
}
