using System.Text;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Tests.Query.Execution;

public sealed class QueryContinuationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("AAAA")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    [InlineData("bnVsbA==")]
    public void Refuses_what_no_page_returned(string text) => Assert.Throws<QueryException>(() => QueryContinuation.Parse(text));

    [Fact]
    public void Refuses_every_damaged_continuation()
    {
        var documents = new RandomData(1).Documents(100);
        var good = documents.Page("SELECT * FROM c ORDER BY c.a, c.b", maxItems: 10).Continuation!;
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = Encoding.ASCII.GetBytes(good);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
            }

            try
            {
                // Some changes hit a value in it and give another place in the same order, which is as good.
                documents.Page("SELECT * FROM c ORDER BY c.a, c.b", Encoding.ASCII.GetString(bytes));
            }
            catch (QueryException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1_000, 2_000);
    }

    [Fact]
    public void Belongs_to_one_query_and_its_parameters()
    {
        var documents = new RandomData(1).Documents(10);
        var one = QueryParameters.Of(("@p", SqlValue.From(1L)));
        var two = QueryParameters.Of(("@p", SqlValue.From(2L)));
        var continuation = documents.Page("SELECT VALUE @p FROM c", maxItems: 1, parameters: one).Continuation;

        Assert.Equal(1, documents.Page("SELECT VALUE @p FROM c", continuation, one, maxItems: 1).Count);
        Assert.Throws<QueryException>(() => documents.Page("SELECT VALUE @p FROM c", continuation, two));
        Assert.Throws<QueryException>(() => documents.Page("SELECT VALUE @p FROM d", continuation, one));
    }

    [Theory]
    [InlineData("SELECT VALUE c.id FROM c")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.k >= 0")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.k")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.k DESC")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.g, c.k")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.g DESC, c.k DESC")]
    [InlineData("SELECT VALUE c.id FROM c JOIN t IN c.t ORDER BY c.k")]
    public void Neither_loses_nor_repeats_a_document_that_others_writes_leave_alone(string query)
    {
        foreach (var useIndexes in new[] { true, false })
        {
            var documents = new TestDocuments();
            for (var i = 1; i <= 200; i++)
            {
                documents.Add($$"""{"id":"{{i}}","k":{{i * 7 % 200}},"g":{{i % 5}},"t":[1,2]}""");
            }

            var random = new Random(7);
            var options = new QueryOptions { UseIndexes = useIndexes };
            var rows = new List<string>();
            string? continuation = null;
            do
            {
                var page = documents.Page(query, continuation, maxItems: 7, options: options);
                rows.AddRange(System.Text.Json.JsonDocument.Parse(page.Items).RootElement.EnumerateArray().Select(row => row.GetString()!));
                continuation = page.Continuation;

                // Even documents come, go and move; odd ones stay as they are.
                for (var change = 0; change < 10; change++)
                {
                    var rid = (ulong)random.Next(1, 150) * 2;
                    if (random.Next(2) == 0)
                    {
                        documents.Delete(rid);
                    }
                    else
                    {
                        documents.Put(rid, $$"""{"id":"{{rid}}","k":{{random.Next(200)}},"g":{{random.Next(5)}},"t":[1,2]}""");
                    }
                }
            }
            while (continuation is not null);

            var each = query.Contains("JOIN", StringComparison.Ordinal) ? 2 : 1;
            var odd = rows.Where(id => int.Parse(id) % 2 == 1).GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());
            Assert.Equal(100, odd.Count);
            Assert.All(odd.Values, count => Assert.Equal(each, count));
        }
    }

    [Fact]
    public void Ends_a_page_by_bytes_and_by_documents_looked_at()
    {
        var documents = new TestDocuments();
        for (var i = 0; i < 100; i++)
        {
            documents.Add($$"""{"id":"{{i}}","text":"{{new string('x', 1000)}}"}""");
        }

        Assert.Equal(5, documents.Page("SELECT * FROM c", limits: new QueryLimits { BytesPerPage = 5_000 }).Count);

        var page = documents.Page("SELECT * FROM c WHERE c.id = '99'", limits: new QueryLimits { DocumentsPerPage = 30 }, options: new QueryOptions { UseIndexes = false });
        Assert.Equal((0, 30L), (page.Count, page.DocumentsLoaded));
        Assert.NotNull(page.Continuation);
    }
}
