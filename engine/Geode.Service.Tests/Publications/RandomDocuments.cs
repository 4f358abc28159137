using System.Globalization;
using System.Text.Json.Nodes;

namespace Geode.Service.Tests.Publications;

/// <summary>Documents that anybody could have written: right in parts, and wrong in others.</summary>
internal static class RandomDocuments
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "7", "2000", "1e308", "1e-308", "2147483648", "9223372036854775807", "9223372036854775808", "0.5", "\"\"", "\"NaN\"",
        "\"1000.1\"", "\"1000\"", "\"9999999999999.1\"", "\"version\"", "\"part\"", "\"pin\"", "\"2026-11-30T00:00:00Z\"", "[]", "[1,[2,[3]]]", "{}", """{"a":{"b":[null]}}""",
        "\"\\u0000\\ud83d\\ude00\"", "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
    ];

    private static readonly string[] Properties = ["fence", "number", "length", "parts", "sha256", "at", "region", "about", "revision", "to", "kind", "other"];

    /// <summary>What says that a version is there, or a word about versions.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="name">The publication's.</param>
    public static JsonObject Announcement(Random random, string name)
    {
        var (fence, number) = (random.Next(1, 5000), random.Next(1, 9));
        // The highest version, so that it would be in force if it were one; but never a pin to what is there, which would be good.
        var document = new JsonObject
        {
            ["id"] = random.Next(3) == 0 ? $"pin:r{random.Next(100)}" : string.Create(CultureInfo.InvariantCulture, $"version:{1_000_000 + fence}.{number}"),
            ["name"] = name,
            ["kind"] = "version",
            ["fence"] = 1_000_000 + fence,
            ["number"] = number,
            ["length"] = random.Next(0, 100),
            ["parts"] = random.Next(0, 3),
            ["sha256"] = new string('a', 64),
            ["at"] = "2026-11-30T00:00:00Z",
            ["region"] = "nowhere",
        };
        return Change(document, random, Properties);
    }

    /// <summary>The first part of a version.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="announcement">The version's.</param>
    public static JsonObject Part(Random random, JsonObject announcement) => Change(
        new()
        {
            ["id"] = $"part:{announcement["id"]!.GetValue<string>().Split(':')[1]}:0",
            ["kind"] = "part",
            ["index"] = 0,
            ["sha256"] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            ["bytes"] = "dGVzdA==",
        },
        random, ["index", "sha256", "bytes", "kind"]);

    private static JsonObject Change(JsonObject document, Random random, string[] properties)
    {
        for (var changes = random.Next(0, 5); changes > 0; changes--)
        {
            var property = properties[random.Next(properties.Length)];
            if (random.Next(4) == 0)
                document.Remove(property);
            else
                document[property] = JsonNode.Parse(Values[random.Next(Values.Length)]);
        }

        return document;
    }
}
