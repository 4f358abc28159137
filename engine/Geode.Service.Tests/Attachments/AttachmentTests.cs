using System.Net;
using System.Net.Http.Headers;

namespace Geode.Service.Tests.Attachments;

/// <summary>Attachments by HTTP, past any router.</summary>
public sealed class AttachmentTests(AttachmentPlanet planet) : IClassFixture<AttachmentPlanet>, IDisposable
{
    private readonly HttpClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task What_is_stored_in_one_region_is_read_in_all()
    {
        var bytes = Random(AttachmentPlanet.Most);
        var address = await StoredAsync(bytes);
        foreach (var region in planet.Planet.Regions)
        {
            using var read = await planet.SendAsync(_client, region, address);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            Assert.Equal(bytes, await read.Content.ReadAsByteArrayAsync());
            Assert.Equal("public, max-age=31536000, immutable", Join(read.Headers.GetValues("Cache-Control")));
            Assert.Equal(("nosniff", "image/png"), (Join(read.Headers.GetValues("X-Content-Type-Options")), read.Content.Headers.ContentType!.ToString()));
            Assert.Null(read.Content.Headers.ContentDisposition);
            using var head = await planet.SendAsync(_client, region, address, HttpMethod.Head);
            Assert.Equal((HttpStatusCode.OK, bytes.Length), (head.StatusCode, head.Content.Headers.ContentLength));
            Assert.Equal(read.Headers.ETag, head.Headers.ETag);
            using var again = await planet.SendAsync(_client, region, address, configure: h => h.IfNoneMatch.Add(read.Headers.ETag!));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
    }

    [Fact]
    public async Task A_part_is_read_by_its_range()
    {
        var bytes = Random(1000);
        var address = await StoredAsync(bytes);
        using var part = await planet.SendAsync(_client, planet.West, address, configure: h => h.Range = new(100, 199));
        Assert.Equal((HttpStatusCode.PartialContent, "bytes 100-199/1000"), (part.StatusCode, part.Content.Headers.ContentRange!.ToString()));
        Assert.Equal(bytes[100..200], await part.Content.ReadAsByteArrayAsync());
        using var rest = await planet.SendAsync(_client, planet.West, address, configure: h => h.Range = new(990, null));
        Assert.Equal(bytes[990..], await rest.Content.ReadAsByteArrayAsync());
        using var most = await planet.SendAsync(_client, planet.West, address, configure: h => h.Range = new(0, long.MaxValue));
        Assert.Equal((HttpStatusCode.PartialContent, "bytes 0-999/1000"), (most.StatusCode, most.Content.Headers.ContentRange!.ToString()));
        using var other = await planet.SendAsync(_client, planet.West, address, configure: h => (h.Range, h.IfRange) = (new(990, null), new RangeConditionHeaderValue("\"other\"")));
        Assert.Equal((HttpStatusCode.OK, 1000), (other.StatusCode, other.Content.Headers.ContentLength));
        using var beyond = await planet.SendAsync(_client, planet.West, address, configure: h => h.Range = new(1000, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("image/svg+xml", true)]
    [InlineData("image/jpeg", false)]
    public async Task Only_images_that_can_do_nothing_are_shown_in_a_page(string type, bool isSaved)
    {
        var address = await StoredAsync(Random(10), type);
        using var read = await planet.SendAsync(_client, planet.West, address);
        Assert.Equal(isSaved, read.Content.Headers.ContentDisposition?.DispositionType == "attachment");
        Assert.Equal(type, read.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task What_cannot_be_stored_is_refused_with_one_clear_reason()
    {
        await RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "body: An attachment has at most 1048576 bytes.", planet.PostAsync(_client, planet.West, new byte[AttachmentPlanet.Most + 1]));
        await RefusedAsync(HttpStatusCode.LengthRequired, "Content-Length: Required", planet.PostAsync(_client, planet.West, new byte[10], chunked: true));
        await RefusedAsync(HttpStatusCode.BadRequest, "body: An attachment has at least one byte.", planet.PostAsync(_client, planet.West, []));
        await RefusedAsync(HttpStatusCode.BadRequest, "Content-Type: Required", planet.PostAsync(_client, planet.West, new byte[10], type: null));
        await RefusedAsync(HttpStatusCode.BadRequest, "Content-Type: Required", planet.PostAsync(_client, planet.West, new byte[10], type: "image/*"));
        await RefusedAsync(HttpStatusCode.BadRequest, "Content-Type: Required", planet.PostAsync(_client, planet.West, new byte[10], type: "text/plain; name=\"a\tb\""));
    }

    [Theory]
    [InlineData("westeurope/00000000000000000000000000000000", "There is no attachment")]
    [InlineData("westeurope/..%2Fetc", "There is no attachment")]
    [InlineData("westus/00000000000000000000000000000000", "There is no region")]
    public async Task What_is_not_there_is_not_found(string id, string detail)
    {
        await RefusedAsync(HttpStatusCode.NotFound, detail, planet.SendAsync(_client, planet.West, new($"/attachments/{id}", UriKind.Relative)));
        using var deleted = await planet.SendAsync(_client, planet.West, new($"/attachments/{id}", UriKind.Relative), HttpMethod.Delete);
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_in_every_region()
    {
        var address = await StoredAsync(Random(10));
        using var deleted = await planet.SendAsync(_client, planet.America, address, HttpMethod.Delete);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        foreach (var region in planet.Planet.Regions)
        {
            await InProcessPlanet.EventuallyAsync(async () =>
            {
                using var read = await planet.SendAsync(_client, region, address);
                return read.StatusCode == HttpStatusCode.NotFound;
            }, $"gone in {region}");
        }
    }

    [Fact]
    public async Task Sent_again_with_its_key_it_is_one_attachment()
    {
        var (bytes, key) = (Random(1000), Guid.NewGuid().ToString());
        using var first = await planet.PostAsync(_client, planet.West, bytes, key: key);
        using var second = await planet.PostAsync(_client, planet.West, bytes, key: key);
        Assert.Equal((HttpStatusCode.Created, first.Headers.Location), (second.StatusCode, second.Headers.Location));
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, "Idempotency-Key", planet.PostAsync(_client, planet.West, Random(1000), key: key));
        // In another region it is another one; and neither is lost.
        using var elsewhere = await planet.PostAsync(_client, planet.North, bytes, key: key);
        Assert.StartsWith("/attachments/northeurope/", elsewhere.Headers.Location!.ToString(), StringComparison.Ordinal);
        foreach (var address in (Uri[])[first.Headers.Location!, elsewhere.Headers.Location])
        {
            using var read = await planet.SendAsync(_client, planet.America, address);
            Assert.Equal(bytes, await read.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task What_was_deleted_does_not_come_again_as_something_else()
    {
        var (bytes, key) = (Random(1000), Guid.NewGuid().ToString());
        using var first = await planet.PostAsync(_client, planet.West, bytes, key: key);
        var address = first.Headers.Location!;
        foreach (var status in (HttpStatusCode[])[HttpStatusCode.NoContent, HttpStatusCode.NotFound])
        {
            using var deleted = await planet.SendAsync(_client, planet.America, address, HttpMethod.Delete);
            Assert.Equal(status, deleted.StatusCode);
        }

        foreach (var content in (byte[][])[bytes, Random(1000)])
            await RefusedAsync(HttpStatusCode.UnprocessableEntity, "Idempotency-Key", planet.PostAsync(_client, planet.West, content, key: key));
        using var read = await planet.SendAsync(_client, planet.West, address);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("refuse")]
    [InlineData("unavailable")]
    public async Task While_a_regions_account_is_out_its_copy_is_read_and_nothing_is_said_not_to_exist(string outage)
    {
        var bytes = Random(1000);
        var address = await StoredAsync(bytes);
        await InProcessPlanet.EventuallyAsync(async () => await CopyHasAsync(address), "the pair has it");
        await planet.LinkAsync(planet.West, planet.North, new { state = "down" });
        var behind = await StoredAsync(bytes);
        await planet.OutageAsync(planet.West, outage);
        try
        {
            foreach (var region in planet.Planet.Regions)
            {
                using var read = await planet.SendAsync(_client, region, address);
                Assert.Equal(bytes, await read.Content.ReadAsByteArrayAsync());
                using var unknown = await planet.SendAsync(_client, region, behind);
                Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (unknown.StatusCode, unknown.Headers.RetryAfter!.Delta!.Value));
            }

            using var stored = await planet.PostAsync(_client, planet.West, bytes);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, stored.StatusCode);
        }
        finally
        {
            await planet.OutageAsync(planet.West, "none");
            await planet.LinkAsync(planet.West, planet.North, new { state = "up" });
        }

        await InProcessPlanet.EventuallyAsync(async () => await CopyHasAsync(behind), "the pair has what had been cut off");
    }

    private async Task<bool> CopyHasAsync(Uri address)
    {
        var sources = planet.Services(planet.North).GetRequiredService<Geode.Service.Attachments.AttachmentStore>();
        return await sources.CopyHasAsync(address.ToString().Split('/')[2], address.ToString().Split('/')[3]);
    }

    private async Task<Uri> StoredAsync(byte[] bytes, string type = "image/png")
    {
        using var stored = await planet.PostAsync(_client, planet.West, bytes, type);
        Assert.True(stored.StatusCode == HttpStatusCode.Created, await stored.Content.ReadAsStringAsync());
        Assert.StartsWith("/attachments/westeurope/", stored.Headers.Location!.ToString(), StringComparison.Ordinal);
        return stored.Headers.Location;
    }

    private static async Task RefusedAsync(HttpStatusCode status, string detail, Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status && text.Contains(detail, StringComparison.Ordinal), $"{(int)answer.StatusCode}: {text}");
    }

    private static string Join(IEnumerable<string> values) => string.Join(", ", values);

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        System.Random.Shared.NextBytes(bytes);
        return bytes;
    }
}
