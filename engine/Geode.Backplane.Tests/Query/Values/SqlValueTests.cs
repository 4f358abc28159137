using System.Text;
using System.Text.Json;
using Geode.Backplane.Query.Values;
using Geode.Backplane.Tests.Query.Execution;

namespace Geode.Backplane.Tests.Query.Values;

public sealed class SqlValueTests
{
    /// <summary>In the order of ORDER BY; those on one line are equal.</summary>
    private static readonly string[][] Ordered =
    [
        ["null"],
        ["false"],
        ["true"],
        ["-1e400"],
        ["-9223372036854775808", "-9.223372036854775808e18"],
        ["-1"],
        ["0", "-0.0", "0e5"],
        ["0.5", "5e-1"],
        ["1", "1.0"],
        ["9007199254740992", "9007199254740992.0"],
        ["9007199254740993"],
        ["9223372036854775807"],
        ["9223372036854775808", "9.223372036854775808e18"],
        ["\"\""],
        ["\"A\"", "\"\\u0041\""],
        ["\"a\""],
        ["\"ab\""],
        ["\"b\""],
        ["\"é\"", "\"\\u00e9\""],
        ["\"😀\"", "\"\\ud83d\\ude00\""],
        ["\"\\ud83d\\ude01\""],
        ["\"\\ue000\""],
        ["\"\\uffff\""],
        ["[]", "[ ]"],
        ["[1]", "[ 1.0 ]"],
        ["[1,2]"],
        ["[\"a\"]"],
        ["{}", "{ }"],
        ["{\"a\":1}", "{ \"\\u0061\" : 1.0 }"],
        ["{\"a\":1,\"b\":[{}]}", "{\"b\":[{ }],\"a\":1}"],
        ["{\"a\":2}"],
    ];

    [Fact]
    public void Orders_equals_and_hashes_as_documented()
    {
        for (var i = 0; i < Ordered.Length; i++)
        {
            for (var j = 0; j < Ordered.Length; j++)
            {
                foreach (var left in Ordered[i].Select(Parse))
                {
                    foreach (var right in Ordered[j].SelectMany(text => new[] { Parse(text), Built(text) }))
                    {
                        Assert.Equal(Math.Sign(i.CompareTo(j)), Math.Sign(SqlValue.Compare(left, right)));
                        Assert.Equal(i == j, left.Equals(right));
                        Assert.True(i != j || left.GetHashCode() == right.GetHashCode(), $"{left} and {right} hash apart");
                    }
                }
            }
        }

        Assert.True(SqlValue.Compare(SqlValue.Undefined, SqlValue.Null) < 0);
    }

    [Fact]
    public void Reads_any_document_as_a_JSON_parser_does()
    {
        var data = new RandomData(5);
        for (var i = 0; i < 500; i++)
        {
            var json = i % 2 == 0 ? data.Document() : JsonSerializer.Serialize(JsonDocument.Parse(data.Document()).RootElement, new JsonSerializerOptions { WriteIndented = true });
            AssertSame(JsonDocument.Parse(json).RootElement, Parse(json));
            Assert.Equal(json, Parse(json).ToString());
        }
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("1e2", "100")]
    [InlineData("-0.0", "0")]
    [InlineData("1e21", "1e+21")]
    [InlineData("123456789012345680000", "1.2345678901234568e+20")]
    [InlineData("1e-7", "1e-07")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("0.1", "0.1")]
    [InlineData("1e400", "\"Infinity\"")]
    public void Writes_numbers_in_one_way(string written, string printed) => Assert.Equal(printed, Parse(written).ToString());

    [Fact]
    public void Keeps_lone_surrogates_apart_and_writes_them_as_they_came()
    {
        var lone = Parse("\"\\ud800\"");
        Assert.Equal("\ud800", lone.Text);
        Assert.Equal("\"\\ud800\"", lone.ToString());
        Assert.False(lone.Equals(Parse("\"\\ud801\"")));
    }

    private static SqlValue Parse(string json) => SqlValue.Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>The same value made of parts instead of text.</summary>
    private static SqlValue Built(string json)
    {
        var value = Parse(json);
        return value.Kind switch
        {
            SqlKind.String => SqlValue.From(value.Text),
            SqlKind.Array => SqlValue.From(value.ToItems().Select(item => Built(item.ToString())).ToArray()),
            SqlKind.Object => SqlValue.From(Fields(value).Select(field => new SqlField(field.Name, Built(field.Value.ToString()))).ToArray()),
            _ => value,
        };
    }

    private static List<SqlField> Fields(SqlValue value)
    {
        var fields = new List<SqlField>();
        foreach (var field in value.Members)
        {
            fields.Add(field);
        }

        return fields;
    }

    private static void AssertSame(JsonElement expected, SqlValue actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(expected.EnumerateObject().Count(), actual.Count);
                foreach (var property in expected.EnumerateObject())
                {
                    AssertSame(property.Value, actual[new PropertyName(property.Name)]);
                }

                Assert.True(actual[new PropertyName("no such name")].IsUndefined);
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.Count);
                for (var i = 0; i < expected.GetArrayLength(); i++)
                {
                    AssertSame(expected[i], actual[i]);
                }

                Assert.True(actual[expected.GetArrayLength()].IsUndefined);
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.Text);
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), actual.Number);
                break;
            default:
                Assert.Equal(expected.GetRawText(), actual.ToString());
                break;
        }
    }
}
