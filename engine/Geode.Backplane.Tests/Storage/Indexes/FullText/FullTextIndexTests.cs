using System.Text;
using System.Text.Json;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Indexes.FullText;
using Geode.Backplane.Tests.Query;

namespace Geode.Backplane.Tests.Storage.Indexes.FullText;

public sealed class FullTextIndexTests
{
    private static readonly string[] Words = ["amber", "birch", "cedar", "daisy", "the", "embers", "ember", "fjord", "running", "runs"];

    private static readonly FullTextPolicy Policy = FullTextPolicy.Read(Encoding.UTF8.GetBytes(
        """{"fullTextPolicy":{"fullTextPaths":[{"path":"/text"}]},"indexingPolicy":{"fullTextIndexes":[{"path":"/text"}]}}"""))!;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Queries_answer_the_same_with_an_index_and_without_through_every_change(int seed)
    {
        var random = new Random(seed);
        var items = new TestDocuments();
        items.IndexTexts(Policy);
        for (var round = 0; round < 40; round++)
        {
            for (var change = random.Next(40); change > 0; change--)
            {
                var rid = (ulong)random.Next(1, 200);
                if (random.Next(4) == 0)
                    items.Delete(rid);
                else
                    items.Put(rid, Item(random, rid));
            }

            var query = RandomQuery(random);
            var (scan, index) = (new QueryOptions { Texts = Policy, UseIndexes = false }, new QueryOptions { Texts = Policy });
            string Rows(QueryOptions options, int maxItems) => $"{query}: {string.Join(' ', items.Query(query, maxItems: maxItems, options: options))}";
            var expected = Rows(scan, 0);
            Assert.Equal(expected, Rows(index, 0));
            Assert.Equal(expected, Rows(index, random.Next(1, 30)));
        }
    }

    [Fact]
    public void Totals_and_hits_stay_right_when_most_was_replaced()
    {
        var index = new FullTextIndex("text", FullTextLanguage.English);
        index.TakeIn([]);
        var documents = new IDocument[100];
        for (var round = 0; round < 60; round++)
        {
            for (var i = 0; i < documents.Length; i++)
            {
                if (documents[i] is { } old)
                    index.Remove(old);
                documents[i] = new TestDocument((ulong)i + 1, $$"""{"text":"amber birch round{{round}} {{(i % 2 == 0 ? "pine pine" : "oak")}}"}""");
                index.Add(documents[i]);
            }
        }

        Assert.Equal(100, index.Count);
        Assert.Equal(450, index.Words);
        // Words of rounds long gone are thrown away with their texts: what is left is far from all 64.
        Assert.InRange(index.DifferentWords, 5, 30);
        Assert.Equal(50, Hits(index, "pine").Count);
        Assert.All(Hits(index, "pine").Values, frequency => Assert.Equal(2, frequency));
        Assert.Equal(100, Hits(index, "amber birch").Count);
        Assert.Empty(Hits(index, "birch amber"));
        Assert.Empty(Hits(index, "round3"));
    }

    [Fact]
    public void A_document_is_known_by_its_version()
    {
        var index = new FullTextIndex("text", FullTextLanguage.English);
        var (first, second) = (new TestDocument(1, """{"text":"amber"}"""), new TestDocument(1, """{"text":"amber"}"""));
        index.TakeIn([first]);
        Assert.NotNull(index.Find(Backplane.Query.Values.SqlValue.Parse(first.Json)));
        Assert.Null(index.Find(Backplane.Query.Values.SqlValue.Parse(second.Json)));
        Assert.False(index.IsComplete);
        index.TakeIn([]);
        Assert.True(index.IsComplete);
    }

    [Fact]
    public void A_document_that_is_replaced_between_two_looks_at_the_index_keeps_its_words()
    {
        using var gate = new ReaderWriterLockSlim();
        var document = new TestDocument(1, """{"text":"amber"}""");
        var indexes = new FullTextIndexes(gate, (after, buffer) => after < 1 && (buffer[0] = document) is not null ? 1 : 0, Policy);
        var analyzer = TextAnalyzer.Of(FullTextLanguage.English);
        var reader = new TermReader(analyzer, indexes, indexes.Use("text", FullTextLanguage.English)!, value => value[new Backplane.Query.Values.PropertyName("text")]);
        Assert.True(reader.TryTurnTo(Backplane.Query.Values.SqlValue.Parse(document.Json)));
        indexes.Remove(document);
        // Of one and the same version of it one term is not found and the next is otherwise.
        Assert.Equal(1, reader.CountOf(SearchTerm.Of(Backplane.Query.Values.SqlValue.From("amber"), analyzer)!));
    }

    [Fact]
    public void Large_documents_that_are_gone_are_let_go_though_they_are_few()
    {
        var index = new FullTextIndex("text", FullTextLanguage.English);
        index.TakeIn([]);
        var padding = new string('x', 1 << 20);
        var gone = new WeakReference[60];
        for (var i = 0; i < gone.Length; i++)
            gone[i] = Pass(index, i, padding);
        GC.Collect();
        Assert.InRange(gone.Count(reference => reference.IsAlive), 0, 20);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Pass(FullTextIndex index, int i, string padding)
        {
            var document = new TestDocument(1, $$"""{"text":"amber {{i}}","padding":"{{padding}}"}""");
            index.Add(document);
            index.Remove(document);
            return new WeakReference(document);
        }
    }

    private static IReadOnlyDictionary<IndexedText, int> Hits(FullTextIndex index, string term) =>
        index.Search(SearchTerm.Of(Backplane.Query.Values.SqlValue.From(term), TextAnalyzer.Of(FullTextLanguage.English))!).Frequencies;

    private static string Item(Random random, ulong rid) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["_rid"] = $"r{rid:000}",
        ["n"] = random.Next(5),
        [random.Next(12) == 0 ? "other" : "text"] = random.Next(15) == 0 ? 7 : string.Join(' ', Enumerable.Range(0, random.Next(9)).Select(_ => Words[random.Next(Words.Length)])),
    });

    private static string RandomQuery(Random random)
    {
        string Word() => Words[random.Next(Words.Length)];
        string Term() => random.Next(5) switch
        {
            0 => $"'{Word()} {Word()}'",
            1 => $"{{'term': '{Word()}', 'distance': {random.Next(3)}}}",
            _ => $"'{Word()}'",
        };
        string Condition() => random.Next(4) switch
        {
            0 => $"FullTextContains(c.text, {Term()})",
            1 => $"FullTextContainsAll(c.text, {Term()}, {Term()})",
            2 => $"FullTextContainsAny(c.text, {Term()}, {Term()})",
            _ => $"c.n = {random.Next(5)}",
        };
        var condition = random.Next(4) switch { 0 => Condition(), 1 => $"NOT {Condition()}", 2 => $"{Condition()} AND {Condition()}", _ => $"{Condition()} OR ({Condition()} AND {Condition()})" };
        var where = random.Next(4) == 0 ? "" : $" WHERE {condition}";
        return random.Next(5) switch
        {
            0 => $"SELECT VALUE c._rid FROM c{where}",
            1 => $"SELECT VALUE [COUNT(1), SUM(_FullTextWordCount(c.text)), COUNTIF(FullTextContains(c.text, {Term()}))] FROM c{where}",
            2 => $"SELECT TOP {random.Next(1, 20)} VALUE c._rid FROM c{where} ORDER BY RANK FullTextScore(c.text, {Term()}, {Term()})",
            3 => $"SELECT VALUE c._rid FROM c{where} ORDER BY RANK RRF(FullTextScore(c.text, {Term()}), FullTextScore(c.text, {Term()}), [{random.Next(-2, 3)}, 1]) OFFSET {random.Next(4)} LIMIT {random.Next(1, 30)}",
            _ => $"SELECT VALUE c._rid FROM c{where} ORDER BY c.n, c._rid",
        };
    }
}
