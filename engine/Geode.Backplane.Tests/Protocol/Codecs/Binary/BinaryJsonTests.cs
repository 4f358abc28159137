using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Codecs.Binary;
using Geode.Backplane.Tests.Fuzz;
using Geode.Backplane.Tests.Protocol.Codecs.Oracles;

namespace Geode.Backplane.Tests.Protocol.Codecs.Binary;

/// <summary>Binary JSON against the client's own reader and writer, form by form, and with bytes that are none.</summary>
public sealed class BinaryJsonTests
{
    private const int Limit = 2 << 20;
    private const int Documents = 30;

    [Fact]
    public void What_the_client_writes_is_read()
    {
        for (var seed = 0; seed < Documents; seed++)
        {
            var json = new RandomJson(seed).Document();
            foreach (var options in SdkBinaryJson.AllOptions)
                AssertSame(json, Read(SdkBinaryJson.FromText(json, options)), $"seed {seed}, options {options}");
        }
    }

    [Fact]
    public void What_is_written_the_client_reads()
    {
        for (var seed = 0; seed < Documents; seed++)
        {
            var json = new RandomJson(seed).Document();
            var binary = BinaryJson.FromText(Encoding.UTF8.GetBytes(json));
            AssertSame(json, SdkBinaryJson.ToText(binary), $"seed {seed}");
            AssertSame(json, Read(binary.Span), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("80 1F", "31")]
    [InlineData("80 C8 FF", "255")]
    [InlineData("80 C9 FF FF", "-1")]
    [InlineData("80 CA 00 00 00 80", "-2147483648")]
    [InlineData("80 CB 01 00 00 00 00 00 20 00", "9007199254740993")]
    [InlineData("80 C7 FF FF FF FF FF FF FF FF", "18446744073709551615")]
    [InlineData("80 CC 00 00 00 00 00 00 F8 3F", "1.5")]
    [InlineData("80 CC 00 00 00 00 00 00 00 80", "-0")]
    [InlineData("80 CF 00 3E", "1.5")]
    [InlineData("80 2C", "\"id\"")]
    [InlineData("80 82 C3 A9", "\"é\"")]
    [InlineData("80 C0 01 22", "\"\\\"\"")]
    [InlineData("80 C1 01 00 01", "\"\\u0001\"")]
    [InlineData("80 C2 01 00 00 00 41", "\"A\"")]
    [InlineData("80 E2 04 82 61 62 00", "[\"ab\",0]")]
    [InlineData("80 E2 05 82 61 62 C3 03", "[\"ab\",\"ab\"]")]
    [InlineData("80 E2 06 82 61 62 C4 03 00", "[\"ab\",\"ab\"]")]
    [InlineData("80 E2 07 82 61 62 C5 03 00 00", "[\"ab\",\"ab\"]")]
    [InlineData("80 E2 08 82 61 62 C6 03 00 00 00", "[\"ab\",\"ab\"]")]
    [InlineData("80 78 03 A1 0B", "\"1ab\"")]
    [InlineData("80 79 02 A1", "\"1A\"")]
    [InlineData("80 7A 03 32 0C", "\"12-\"")]
    [InlineData("80 7B 03 61 10 02", "\"abc\"")]
    [InlineData("80 71 01 01 61 62", "\"YWI=\"")]
    [InlineData("80 73 01 FE FB FF", "\"-_8\"")]
    [InlineData("80 75 10 32 54 76 98 BA DC FE 10 32 54 76 98 BA DC FE", "\"01234567-89ab-cdef-0123-456789abcdef\"")]
    [InlineData("80 D3 01 00 00 00 02 00 03 00 04 05 06 07 08 09 0A 0B", "\"00000001-0002-0003-0405-060708090a0b\"")]
    [InlineData("80 DD 02 61 62", "\"YWI=\"")]
    [InlineData("80 E0", "[]")]
    [InlineData("80 E1 E8", "[{}]")]
    [InlineData("80 E9 81 61 D0", "{\"a\":null}")]
    [InlineData("80 E6 02 00 02 00 D1 D2", "[false,true]")]
    [InlineData("80 EF 02 00 00 00 01 00 00 00 2C 05", "{\"id\":5}")]
    [InlineData("80 F0 D8 02 FF 01", "[-1,1]")]
    [InlineData("80 F1 D9 01 00 FF FF", "[-1]")]
    [InlineData("80 F2 F0 D7 02 02 01 02 03 04", "[[1,2],[3,4]]")]
    [InlineData("80 F3 F1 DC 01 00 01 00 FF FF FF FF", "[[4294967295]]")]
    public void Each_form_is_read(string hex, string json) => Assert.Equal(json, Read(Bytes(hex)));

    [Fact]
    public void Values_beyond_json_become_what_comes_next_to_them()
    {
        Assert.Equal("-5", Read(SdkBinaryJson.Write("WriteInt8Value", (sbyte)-5)));
        Assert.Equal("4294967295", Read(SdkBinaryJson.Write("WriteUInt32Value", uint.MaxValue)));
        Assert.Equal("0.25", Read(SdkBinaryJson.Write("WriteFloat32Value", 0.25f)));
        var guid = Guid.NewGuid();
        Assert.Equal($"\"{guid}\"", Read(SdkBinaryJson.Write("WriteGuidValue", guid)));
    }

    [Theory]
    [InlineData("80", "1 bytes expected where 0 are left")]
    [InlineData("80 00 00", "1 bytes after the end")]
    [InlineData("80 40", "a string of a dictionary")]
    [InlineData("80 68", "unknown marker 0x68")]
    [InlineData("80 D4", "unknown marker 0xD4")]
    [InlineData("80 FF", "unknown marker 0xFF")]
    [InlineData("80 83 61 62", "3 bytes expected where 2 are left")]
    [InlineData("80 C2 FF FF FF FF 61", "4294967295 bytes expected where 1 are left")]
    [InlineData("80 E4 FF FF FF FF 00", "a length of 4294967295 bytes where 1 are left")]
    [InlineData("80 E5 01 02 00", "1 values where 2 are announced")]
    [InlineData("80 E2 02 81 61 62", "1 bytes after the end")]
    [InlineData("80 EA 02 00 00", "0x00 where a property's name belongs")]
    [InlineData("80 82 C3 28", "not valid UTF-8")]
    [InlineData("80 C3 01", "a reference to byte 1")]
    [InlineData("80 E2 04 C3 05 C3 03", "a reference to byte 5")]
    [InlineData("80 E2 05 81 61 C3 03 C3 05", "bytes")]
    [InlineData("80 CC 00 00 00 00 00 00 F0 7F", "not finite")]
    [InlineData("80 F0 2C 01 00", "0x2C where that of a number belongs")]
    [InlineData("80 F2 F1 D7 01 01 00", "0xF1 where that of an array of numbers belongs")]
    [InlineData("80 71 00 01", "padding")]
    [InlineData("80 7B 01 7F 0F", "not valid UTF-8")]
    public void What_is_malformed_is_said(string hex, string what)
    {
        var failure = Assert.Throws<BinaryFormatException>(() => Read(Bytes(hex)));
        Assert.Contains(what, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_ends_before_the_stack_does()
    {
        var failure = Assert.Throws<BinaryFormatException>(() => Read([0x80, .. Enumerable.Repeat((byte)0xE1, 1_000_000), 0xE0]));
        Assert.Contains("more than 256 levels", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_few_bytes_do_not_become_many()
    {
        byte[] text = [0xC1, 0xFF, 0xFF, .. Enumerable.Repeat((byte)'x', 0xFFFF)];
        byte[] references = [.. Enumerable.Repeat<byte[]>([0xC3, 0x06], 100_000).SelectMany(r => r)];
        byte[] bomb = [0x80, 0xE4, .. BitConverter.GetBytes(text.Length + references.Length), .. text, .. references];
        Assert.Equal(413, Assert.Throws<ProtocolException>(() => Read(bomb)).Status);
    }

    [Fact]
    public void Whatever_the_bytes_are_they_are_a_document_or_malformed()
    {
        var random = new Random(FuzzRuns.Seed);
        var documents = Enumerable.Range(0, 40).Select(seed => SdkBinaryJson.FromText(new RandomJson(seed).Document(1), seed % 8)).ToList();
        var (read, refused) = (0, 0);
        for (var run = 0; run < FuzzRuns.Count; run++)
        {
            var bytes = documents[run % documents.Count].ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(1, bytes.Length)] = (byte)random.Next(256);
            bytes = random.Next(4) == 0 ? bytes[..random.Next(1, bytes.Length)] : bytes;
            try
            {
                var text = Read(bytes);
                Assert.True(text.Length <= Limit);
                using var parsed = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 512 });
                read++;
            }
            catch (BinaryFormatException)
            {
                refused++;
            }
            catch (ProtocolException e)
            {
                Assert.Equal(413, e.Status);
                refused++;
            }
        }

        Assert.True(read > 100 && refused > 100, $"{read} were documents, {refused} were not.");
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static string Read(ReadOnlySpan<byte> binary) => Encoding.UTF8.GetString(BinaryJson.ToText(binary, Limit));

    private static void AssertSame(string expected, string actual, string what)
    {
        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);
        Assert.True(JsonElement.DeepEquals(left.RootElement, right.RootElement), $"{what}:\n{expected}\n{actual}");
    }
}
