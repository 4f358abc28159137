using System.Buffers;
using System.Text;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Protocol.Codecs.Oracles;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Protocol.Codecs;

/// <summary>The real SDK writes the requests and reads the responses.</summary>
public sealed class BatchCodecTests
{
    private sealed record Item(string id, string pk, string text = "");

    [Fact]
    public async Task A_transactional_batch_of_the_sdk_is_read_whole()
    {
        List<BatchOperation> read = [];
        var gateway = new StubGateway
        {
            OnPost = body =>
            {
                read = BatchRequestReader.Read(body);
                return Respond(read.Count, (w, _) => Write(w, 200));
            },
        };
        using var client = gateway.CreateClient();

        using var response = await client.GetContainer("d", "c").CreateTransactionalBatch(new PartitionKey("p"))
            .CreateItem(new Item("1", "p", new string('x', 300)))
            .ReadItem("id é", new TransactionalBatchItemRequestOptions { IfNoneMatchEtag = "\"n\"" })
            .DeleteItem("3", new TransactionalBatchItemRequestOptions { IfMatchEtag = "\"m\"" })
            .ReplaceItem("4", new Item("4", "p"), new TransactionalBatchItemRequestOptions
            {
                IndexingDirective = IndexingDirective.Exclude,
                EnableContentResponseOnWrite = false,
            })
            .UpsertItem(new Item("5", "p"))
            .PatchItem("6", [PatchOperation.Add("/a", 1)], new TransactionalBatchPatchItemRequestOptions { FilterPredicate = "FROM c WHERE c.a = 1" })
            .ExecuteAsync();

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(
            [BatchOperationType.Create, BatchOperationType.Read, BatchOperationType.Delete, BatchOperationType.Replace, BatchOperationType.Upsert, BatchOperationType.Patch],
            read.Select(o => o.Type));
        Assert.Equal([null, "id é", "3", "4", null, "6"], read.Select(o => o.Id));
        Assert.Equal($$"""{"id":"1","pk":"p","text":"{{new string('x', 300)}}"}""", Text(read[0].Body));
        Assert.Equal("\"n\"", read[1].IfNoneMatch);
        Assert.Equal("\"m\"", read[2].IfMatch);
        Assert.Equal(("Exclude", true), (read[3].IndexingDirective, read[3].MinimalReturn));
        Assert.Equal("""{"condition":"FROM c WHERE c.a = 1","operations":[{"op":"add","path":"/a","value":1}]}""", Text(read[5].Body));
        Assert.All(read, o => Assert.Null(o.PartitionKey));
        Assert.False(read[0].MinimalReturn);
    }

    [Fact]
    public async Task The_sdk_reads_every_field_of_a_result()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"id":"2","pk":"p","text":"{{new string('é', 200)}}"}""");
        var gateway = new StubGateway
        {
            OnPost = request => Respond(BatchRequestReader.Read(request).Count, (w, i) =>
            {
                if (i == 0) Write(w, 201, "\"e-1\"");
                else if (i == 1) BatchResponseWriter.Write(w, new BatchOperationResult { Status = 200, ETag = "\"e-2\"", Body = body, RequestCharge = 1.25 });
                else BatchResponseWriter.Write(w, new BatchOperationResult { Status = 429, SubStatus = 3200, RequestCharge = 0, RetryAfterMs = 4_000_000_000 });
            }),
        };
        using var client = gateway.CreateClient();

        using var response = await client.GetContainer("d", "c").CreateTransactionalBatch(new PartitionKey("p"))
            .CreateItem(new Item("1", "p")).ReadItem("2").ReadItem("3").ExecuteAsync();

        Assert.Equal(3, response.Count);
        Assert.Equal((System.Net.HttpStatusCode.Created, "\"e-1\""), (response[0].StatusCode, response[0].ETag));
        Assert.Null(response[0].ResourceStream);
        var item = response.GetOperationResultAtIndex<Item>(1);
        Assert.Equal(("2", 200), (item.Resource.id, item.Resource.text.Length));
        Assert.Equal("\"e-2\"", item.ETag);
        Assert.Equal(TimeSpan.FromMilliseconds(4_000_000_000), response[2].RetryAfter);
        Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, response[2].StatusCode);
        Assert.Equal((1.25, "3200"), (SdkInternals.Property(response[1], "RequestCharge"), $"{SdkInternals.Property(response[2], "SubStatusCode"):D}"));
    }

    [Fact]
    public async Task Bulk_operations_carry_their_partition_key_and_get_their_own_answer()
    {
        var seen = new List<BatchOperation>();
        var gateway = new StubGateway
        {
            OnPost = body =>
            {
                var read = BatchRequestReader.Read(body);
                seen.AddRange(read);
                return Respond(read.Count, (w, i) => BatchResponseWriter.Write(w, new BatchOperationResult
                {
                    Status = 201,
                    ETag = "\"e\"",
                    Body = read[i].Body.Span,
                    RequestCharge = 1,
                }));
            },
        };
        using var client = gateway.CreateClient(bulk: true);
        var container = client.GetContainer("d", "c");

        var answers = await Task.WhenAll(Enumerable.Range(0, 250).Select(i => container.CreateItemAsync(new Item($"{i}", "p"), new PartitionKey(i / 2d))));

        Assert.Equal(Enumerable.Range(0, 250).Select(i => $"{i}"), answers.Select(a => a.Resource.id));
        Assert.Equal(250, seen.Count);
        var keys = seen.Select(o => PartitionKeyValue.Parse(o.PartitionKey!)[0].Number).Order();
        Assert.Equal(Enumerable.Range(0, 250).Select(i => i / 2d), keys);
    }

    [Fact]
    public async Task Mutated_bytes_give_operations_or_one_kind_of_exception()
    {
        byte[] request = [];
        var gateway = new StubGateway { OnPost = body => { request = body; return Respond(2, (w, _) => Write(w, 200)); } };
        using var client = gateway.CreateClient();
        using var response = await client.GetContainer("d", "c").CreateTransactionalBatch(new PartitionKey("p"))
            .ReplaceItem("1", new Item("1", "p"), new TransactionalBatchItemRequestOptions { IfMatchEtag = "\"m\"", EnableContentResponseOnWrite = false })
            .ReadItem("2", new TransactionalBatchItemRequestOptions { IfNoneMatchEtag = "\"n\"" })
            .ExecuteAsync();

        var random = new Random(60_001);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 40_000; i++)
        {
            var mutated = Mutate(request, random);
            try
            {
                read += BatchRequestReader.Read(mutated).Count > 0 ? 1 : 0;
            }
            catch (BatchFormatException e)
            {
                Assert.InRange(e.Position, 0, mutated.Length);
                refused++;
            }
        }

        Assert.True(read > 1_000 && refused > 1_000, $"{read} read, {refused} refused");
    }

    [Fact]
    public void Bytes_that_fail_their_checksum_or_stop_short_are_refused()
    {
        var writer = new ArrayBufferWriter<byte>();
        BatchResponseWriter.Begin(writer);
        Assert.Empty(BatchRequestReader.Read(writer.WrittenMemory));
        Assert.Throws<BatchFormatException>(() => BatchRequestReader.Read(writer.WrittenMemory[..^1]));
        Assert.Throws<BatchFormatException>(() => BatchRequestReader.Read(default));
        Assert.Throws<BatchFormatException>(() => BatchRequestReader.Read("""[{"op":"read"}]"""u8.ToArray()));

        Write(writer, 200);
        var result = writer.WrittenSpan.ToArray();
        Assert.Contains("schema", Assert.Throws<BatchFormatException>(() => BatchRequestReader.Read(result)).Message);
        result[^1] ^= 1;
        Assert.Contains("checksum", Assert.Throws<BatchFormatException>(() => BatchRequestReader.Read(result)).Message);
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void The_checksum_is_the_known_one_also_in_pieces(string text, uint expected)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        Assert.Equal(expected, Crc32.Compute(bytes));
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(expected, Crc32.Compute(bytes.AsSpan(cut), Crc32.Compute(bytes.AsSpan(0, cut))));
    }

    private static byte[] Mutate(byte[] request, Random random)
    {
        var mutated = request.ToArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--) mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
        if (random.Next(4) == 0) mutated = mutated[..random.Next(mutated.Length)];

        // Most go on behind a valid checksum, so that the rows themselves are put to the test.
        const int record = HybridRow.SegmentLength + HybridRow.HeaderLength;
        if (random.Next(5) == 0 || mutated.Length < record + 8) return mutated;
        var length = BitConverter.ToInt32(mutated, record);
        if (length < 0 || length > mutated.Length - record - 8) return mutated;
        BitConverter.TryWriteBytes(mutated.AsSpan(record + 4), Crc32.Compute(mutated.AsSpan(record + 8, length)));
        return mutated;
    }

    private static byte[] Respond(int count, Action<IBufferWriter<byte>, int> write)
    {
        var writer = new ArrayBufferWriter<byte>();
        BatchResponseWriter.Begin(writer);
        for (var i = 0; i < count; i++) write(writer, i);
        return writer.WrittenSpan.ToArray();
    }

    private static void Write(IBufferWriter<byte> writer, int status, string? etag = null) =>
        BatchResponseWriter.Write(writer, new BatchOperationResult { Status = status, ETag = etag, RequestCharge = 1 });

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
