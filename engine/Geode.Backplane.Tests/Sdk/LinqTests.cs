using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Linq;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Queries that the client translates from LINQ.</summary>
[Collection(SdkCollection.Name)]
public sealed class LinqTests(SdkServers servers) : IAsyncLifetime
{
    private const int Count = 24;
    private Container _container = null!;

    private IQueryable<Note> Notes => _container.GetItemLinqQueryable<Note>();

    public async Task InitializeAsync()
    {
        _container = await servers.Three.ContainerAsync();
        await _container.FillAsync(Count);
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task Where() => Assert.Equal(4, (await Run(Notes.Where(n => n.Number >= 20))).Count);

    [Fact]
    public async Task Where_with_and_or_not() =>
        Assert.Equal(5, (await Run(Notes.Where(n => (n.Number < 3 && n.Pk != "k9") || !(n.Number < 22)))).Count);

    [Fact]
    public async Task Select() => Assert.Equal([0, 1, 2], (await Run(Notes.Where(n => n.Number < 3).Select(n => n.Number))).Order());

    [Fact]
    public async Task Select_of_an_object()
    {
        var rows = await Run(Notes.Where(n => n.Number == 5).Select(n => new { n.Id, Double = n.Number * 2 }));
        Assert.Equal(10, Assert.Single(rows).Double);
    }

    [Fact]
    public async Task OrderBy() => Assert.Equal(Enumerable.Range(0, Count), (await Run(Notes.OrderBy(n => n.Number))).Select(n => n.Number));

    [Fact]
    public async Task OrderByDescending_and_Take() =>
        Assert.Equal([23, 22], (await Run(Notes.OrderByDescending(n => n.Number).Take(2))).Select(n => n.Number));

    [Fact]
    public async Task Skip_and_Take() =>
        Assert.Equal([5, 6, 7], (await Run(Notes.OrderBy(n => n.Number).Skip(5).Take(3))).Select(n => n.Number));

    [Fact]
    public async Task Distinct() => Assert.Equal(["Bern", "Graz"], (await Run(Notes.Select(n => n.Place!.City).Distinct())).Order());

    [Fact]
    public async Task Strings()
    {
        Assert.Equal([3, 10, 17], (await Run(Notes.Where(n => n.Text!.EndsWith("3")).Select(n => n.Number))).Order());
        Assert.Equal(Count, (await Run(Notes.Where(n => n.Text!.StartsWith("text")))).Count);
        Assert.Equal(3, (await Run(Notes.Where(n => n.Text!.ToUpper() == "TEXT 3"))).Count);
        Assert.Equal(Count, (await Run(Notes.Where(n => n.Text!.Contains("ext")))).Count);
    }

    [Fact]
    public async Task Contains_in_a_list()
    {
        int[] wanted = [1, 3, 99];
        Assert.Equal([1, 3], (await Run(Notes.Where(n => wanted.Contains(n.Number)).Select(n => n.Number))).Order());
    }

    [Fact]
    public async Task Contains_in_an_array_of_the_item() =>
        Assert.Equal(8, (await Run(Notes.Where(n => n.Tags!.Contains("t1")))).Count);

    [Fact]
    public async Task SelectMany() => Assert.Equal(Count, (await Run(Notes.SelectMany(n => n.Tags!))).Count);

    [Fact]
    public async Task Count_sum_average_min_max()
    {
        Assert.Equal(Count, await Notes.CountAsync());
        Assert.Equal(276, await Notes.Select(n => n.Number).SumAsync());
        Assert.Equal(11.5, await Notes.Select(n => (double)n.Number).AverageAsync());
        Assert.Equal(0, await Notes.Select(n => n.Number).MinAsync());
        Assert.Equal(23, await Notes.Select(n => n.Number).MaxAsync());
    }

    [Fact]
    public async Task Null_and_defined()
    {
        await _container.CreateItemAsync(new { id = "bare", pk = "k0" });
        Assert.Equal(["bare"], await Run(Notes.Where(n => !n.Text.IsDefined()).Select(n => n.Id)));
        Assert.Empty(await Run(Notes.Where(n => n.Text.IsNull())));
    }

    [Fact]
    public async Task Math_and_arithmetic() =>
        Assert.Equal([4, 9], (await Run(Notes.Where(n => Math.Abs(n.Number % 5) == 4 && n.Number < 10).Select(n => n.Number))).Order());

    private static Task<List<T>> Run<T>(IQueryable<T> query) => query.ToFeedIterator().AllAsync();
}
