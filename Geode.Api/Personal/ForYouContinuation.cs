using System.Buffers.Text;
using System.Text;
using Geode.Api.Questions;
using Geode.Service.Publications;

namespace Geode.Api.Personal;

/// <summary>What is left of a personal order after a page: the questions to come, in the order that was decided for the first page. So later
/// pages repeat nothing and lose nothing, whatever model or geode answers them.</summary>
/// <param name="Tag">What the list was asked for.</param>
/// <param name="Version">The model that made the order; null: none did.</param>
/// <param name="Questions">Their ids.</param>
internal sealed record ForYouContinuation(string? Tag, PublicationVersion? Version, IReadOnlyList<string> Questions)
{
    private const byte Form = 1;
    private const int MostQuestions = 2 * CandidatePool.MostOfEach;
    private const int IdBytes = 16;

    public string Encode()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Form);
        writer.Write(Tag ?? "");
        writer.Write(Version?.Fence ?? -1);
        writer.Write(Version?.Number ?? -1);
        Span<byte> packed = stackalloc byte[IdBytes];
        foreach (var id in Questions)
        {
            // Almost all ids are 32 hex digits, and half as long as bytes.
            if (Guid.TryParseExact(id, "N", out var guid) && guid.ToString("N") == id && guid.TryWriteBytes(packed))
            {
                writer.Write("");
                writer.Write(packed);
            }
            else
            {
                writer.Write(id);
            }

            // A request line takes no more; what is past it is not listed.
            if (Base64Url.GetEncodedLength((int)bytes.Length) > Limits.Continuation - 2 * Limits.Id)
                break;
        }

        return Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <exception cref="FormatException">Not written by <see cref="Encode"/>.</exception>
    public static ForYouContinuation Decode(string text)
    {
        using var bytes = new MemoryStream(Base64Url.DecodeFromChars(text));
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        try
        {
            if (reader.ReadByte() != Form)
                throw new FormatException("It begins otherwise.");
            var tag = reader.ReadString();
            var version = new PublicationVersion(reader.ReadInt64(), reader.ReadInt32());
            var questions = new List<string>();
            while (bytes.Position < bytes.Length)
                questions.Add(ReadId(reader));
            return questions.Count <= MostQuestions && questions.Distinct().Count() == questions.Count
                ? new(tag.Length == 0 ? null : tag, version.Fence < 0 ? null : version, questions)
                : throw new FormatException("It names too many questions, or one twice.");
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or IOException)
        {
            throw new FormatException("It ends too early.", e);
        }
    }

    private static string ReadId(BinaryReader reader)
    {
        var id = reader.ReadString() is { Length: > 0 } plain ? plain
            : reader.ReadBytes(IdBytes) is { Length: IdBytes } packed ? new Guid(packed).ToString("N")
            : throw new FormatException("It ends too early.");
        return PostIds.IsId(id) ? id : throw new FormatException("It names what is no id.");
    }
}
