using System.Net;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;

namespace Geode.Backplane.Tests.Protocol;

/// <summary>Odd JSON: what an item may be, and that reads, queries and feeds have the same of it.</summary>
[Collection(SdkCollection.Name)]
public sealed class ItemBodyTests(SdkServers servers)
{
    [Theory]
    [InlineData("1E+2")]
    [InlineData("-0")]
    [InlineData("1.50")]
    [InlineData("12345678901234567890")]
    [InlineData("9007199254740993")]
    [InlineData("-1.7976931348623157e308")]
    [InlineData("4e-400")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("\"\"")]
    [InlineData("\"\\u0000\\u001f\\u007f\"")]
    [InlineData("\"\\b\\f\\n\\r\\t\\/\\\\\\\"\"")]
    [InlineData("\"\\ud83d\\ude00 \u2028\u2029\"")]
    [InlineData("{\"\":1}")]
    [InlineData("{\"a.b\":1,\"c\\\"d\":2,\"e[0]\":3,\"gr\u00f6\u00dfe\":4,\"f'g\":5,\"\\u0068\":6,\"i\\\\j\":7,\"/k\":8}")]
    [InlineData("[ ]")]
    [InlineData("[\t1\r\n,\n{ \"a\" : [ ] } ]")]
    [InlineData("[null,true,false,{\"_ts\":1,\"id\":2}]")]
    public async Task It_is_the_same_wherever_it_is_seen(string x) => await SeenAsync($$"""{"id":"a","pk":"k","x":{{x}}}""", x);

    [Theory]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":1,\"x\":2}", "2")]
    [InlineData("{\"x\":1,\"id\":\"b\",\"pk\":\"z\",\"pk\":\"k\",\"\\u0078\":3,\"id\":\"a\"}", "3")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":{\"a\":1,\"b\":[{\"c\":1,\"c\":2}],\"a\":{\"d\":1}}}", "{\"b\":[{\"c\":2}],\"a\":{\"d\":1}}")]
    [InlineData(" \t\r\n{ \"id\" : \"a\" , \"pk\" : \"k\" ,\n\"x\" : 5 } \r\n", "5")]
    public async Task Of_two_properties_of_one_name_the_last_stays(string item, string x) => await SeenAsync(item, x);

    [Fact]
    public async Task Names_are_told_apart_however_many_there_are()
    {
        var x = $"{{{string.Join(',', Enumerable.Range(0, 2000).Select(i => $"\"a name that is long {i} and ends alike\":{i}"))}}}";
        await SeenAsync("{\"id\":\"a\",\"pk\":\"k\",\"x\":" + x + "}", x);
    }

    [Fact]
    public async Task A_long_string_is_kept()
    {
        var x = JsonSerializer.Serialize(string.Concat(Enumerable.Repeat("long \n \u00e9 ", 60_000)));
        await SeenAsync($$"""{"id":"a","pk":"k","x":{{x}}}""", x);
    }

    [Fact]
    public async Task What_the_server_sets_is_not_the_clients_to_say()
    {
        var views = await ViewsAsync();
        var made = await ItemViews.JsonAsync(await views.CreateAsync("""{"_ts":1,"_rid":"r","id":"a","_etag":"e","pk":"k","_self":2,"_attachments":null,"_lsn":[],"x":{"_ts":3}}"""));
        Assert.Equal(["id", "pk", "x", "_rid", "_self", "_etag", "_attachments", "_ts"], made.EnumerateObject().Select(p => p.Name));
        Assert.True(made.GetProperty("_ts").GetInt64() > 1);
        Assert.Equal(3, made.GetProperty("x").GetProperty("_ts").GetInt32());
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \r\n", "is empty")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("5", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    [InlineData("\"a\"", "must be a JSON object")]
    [InlineData("\uFEFF{\"id\":\"a\",\"pk\":\"k\"}", "byte order mark")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\"", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\"} {}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":[1,]}", "not valid JSON")]
    [InlineData("{'id':'a','pk':'k'}", "not valid JSON")]
    [InlineData("{id:\"a\",\"pk\":\"k\"}", "not valid JSON")]
    [InlineData("/* an item */{\"id\":\"a\",\"pk\":\"k\"}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\"} // an item", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":NaN}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":Infinity}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":undefined}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":01}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":+1}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":.5}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":\"a\tb\"}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":\"\\x41\"}", "not valid JSON")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":1e400}", "The number 1e400 is beyond")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":[{\"y\":-1e400}]}", "The number -1e400 is beyond")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":\"\\ud800\"}", "half of a surrogate pair")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"x\":[\"\\udc00\\ud800\"]}", "half of a surrogate pair")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"\\ud800\":1}", "half of a surrogate pair")]
    [InlineData("{\"id\":\"\\ud800\",\"pk\":\"k\"}", "half of a surrogate pair")]
    [InlineData("{\"pk\":\"k\"}", "required properties - 'id; ' - are missing")]
    [InlineData("{\"id\":\"\",\"pk\":\"k\"}", "required properties - 'id; ' - are missing")]
    [InlineData("{\"id\":null,\"pk\":\"k\"}", "'id' must be a string")]
    [InlineData("{\"id\":5,\"pk\":\"k\"}", "'id' must be a string")]
    [InlineData("{\"id\":{\"id\":\"a\"},\"pk\":\"k\"}", "'id' must be a string")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"ttl\":0}", "'ttl' must be")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"ttl\":-2}", "'ttl' must be")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"ttl\":1.5}", "'ttl' must be")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"ttl\":2147483648}", "'ttl' must be")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"ttl\":\"10\"}", "'ttl' must be")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"ttl\":true}", "'ttl' must be")]
    [InlineData("{\"id\":\"a\",\"pk\":\"k\",\"ttl\":[10]}", "'ttl' must be")]
    public async Task What_is_no_item_is_refused(string body, string what)
    {
        var views = await ViewsAsync();
        await ItemViews.RefusedAsync(await views.CreateAsync(body), what);
        await ItemViews.RefusedAsync(await views.CreateAsync(body, (CosmosHeaders.IsUpsert, "True")), what);
        await ItemViews.JsonAsync(await views.CreateAsync("""{"id":"a","pk":"k"}"""));
        await ItemViews.RefusedAsync(await views.SendAsync(HttpMethod.Put, "a", body), what);
    }

    [Theory]
    [InlineData("C3")]
    [InlineData("C080")]
    [InlineData("EDA080")]
    [InlineData("F4908080")]
    public async Task Bytes_that_are_no_text_are_refused(string hex)
    {
        byte[] body = [.. "{\"id\":\"a\",\"pk\":\"k\",\"x\":\""u8, .. Convert.FromHexString(hex), .. "\"}"u8];
        await ItemViews.RefusedAsync(await (await ViewsAsync()).CreateAsync(new ByteArrayContent(body)), "not valid UTF-8");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("application/json; charset=utf-16")]
    public async Task A_body_is_json_whatever_its_type_says(string? type)
    {
        var content = new ByteArrayContent("""{"id":"a","pk":"k"}"""u8.ToArray());
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        content.Headers.ContentEncoding.Add("identity");
        using var response = await (await ViewsAsync()).CreateAsync(content);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_compressed_is_refused()
    {
        var content = new ByteArrayContent("""{"id":"a","pk":"k"}"""u8.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        await ItemViews.RefusedAsync(await (await ViewsAsync()).CreateAsync(content), "The Content-Encoding 'gzip' is not supported");
    }

    private async Task SeenAsync(string item, string x)
    {
        var views = await ViewsAsync();
        var made = await ItemViews.JsonAsync(await views.CreateAsync(item));
        using var expected = JsonDocument.Parse(x);
        foreach (var seen in (await views.AllAsync("a", x)).Prepend(made.GetProperty("x")))
            AssertSame(expected.RootElement, seen);
    }

    // A number is what its double is, in whatever digits.
    private static void AssertSame(JsonElement expected, JsonElement seen)
    {
        if (expected.ValueKind == JsonValueKind.Number)
            Assert.Equal(expected.GetDouble(), seen.GetDouble());
        else
            Assert.True(JsonElement.DeepEquals(expected, seen), $"{expected.GetRawText()}\n{seen.GetRawText()}");
    }

    private async Task<ItemViews> ViewsAsync() => new(servers.One, await servers.One.ContainerAsync());
}
