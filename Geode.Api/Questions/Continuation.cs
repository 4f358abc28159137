using System.Buffers.Text;
using System.Text;

namespace Geode.Api.Questions;

/// <summary>Where a page ended, in a form that survives a query string.</summary>
internal static class Continuation
{
    public static string? Encode(string? token) => token is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));

    /// <exception cref="FormatException">Not written by <see cref="Encode"/>.</exception>
    public static string? Decode(string? text) => text is null ? null : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
}
