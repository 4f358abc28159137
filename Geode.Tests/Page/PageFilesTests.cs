using System.Text.RegularExpressions;
using Geode.Api.Page;
using Geode.Service.Planets;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Tests.Page;

/// <summary>The page's files as they are in the tree.</summary>
public sealed partial class PageFilesTests
{
    private const int MaxBytes = 150 * 1024;
    private const int MaxLandBytes = 40 * 1024;

    // The service's own and the engine's lie in one folder once they are built.
    private static readonly string[] Folders =
        [RepositoryFiles.At("Geode.Api", "wwwroot"), RepositoryFiles.At("engine", "Geode.Service", "wwwroot")];

    private static IEnumerable<string> Files => Folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));

    [Fact]
    public void All_of_it_is_below_150_KB()
    {
        var weight = Files.Sum(file => new FileInfo(file).Length);
        Assert.InRange(weight, 10_000, MaxBytes);
        Assert.InRange(new FileInfo(At("js/planet/land.js")).Length, 10_000, MaxLandBytes);
    }

    [Fact]
    public void Nothing_is_inline_and_nothing_comes_from_elsewhere()
    {
        foreach (var file in Files.Where(file => Path.GetExtension(file) is ".html" or ".css" or ".js"))
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotMatch(Elsewhere(), text);
            if (Path.GetExtension(file) == ".html")
                Assert.DoesNotMatch(Inline(), text);
        }
    }

    [Fact]
    public void No_script_parses_markup()
    {
        foreach (var file in Files.Where(file => Path.GetExtension(file) == ".js"))
            Assert.DoesNotMatch(Parsing(), File.ReadAllText(file));
    }

    [Fact]
    public void Every_module_that_a_view_needs_is_preloaded_and_exists()
    {
        foreach (var view in (string[])["index.html", "planet.html"])
        {
            var text = File.ReadAllText(At(view));
            var entry = Entry().Match(text).Groups[1].Value;
            var needed = Imports(entry).ToHashSet();
            Assert.NotEmpty(needed);
            Assert.Equal(needed.Order(), Preloaded().Matches(text).Select(m => m.Groups[1].Value).Order());
        }
    }

    [Fact]
    public void Places_to_be_in_are_places_the_router_knows()
    {
        var places = PlaceRow().Matches(File.ReadAllText(At("js/places.js")));
        Assert.True(places.Count >= 10);
        foreach (Match row in places)
        {
            var place = Assert.IsType<Place>(Places.Find(row.Groups[1].Value));
            Assert.Equal(place.DisplayName, row.Groups[2].Value);
            Assert.Equal(place.Location.Latitude, double.Parse(row.Groups[3].Value, System.Globalization.CultureInfo.InvariantCulture), 0.01);
            Assert.Equal(place.Location.Longitude, double.Parse(row.Groups[4].Value, System.Globalization.CultureInfo.InvariantCulture), 0.01);
        }
    }

    [Fact]
    public void The_policy_allows_no_inline_script_and_only_the_control_API_besides()
    {
        var local = PageFiles.Policy(new("http://127.0.0.1:8079/planet?x=1"));
        Assert.Contains("connect-src 'self' http://127.0.0.1:8079;", local);
        var azure = PageFiles.Policy(null);
        Assert.Contains("connect-src 'self';", azure);
        Assert.All((string[])[local, azure], policy => Assert.DoesNotContain("unsafe", policy));
    }

    [Theory]
    [InlineData("8079")]
    [InlineData("file:///etc/passwd")]
    public void A_control_address_that_is_none_is_refused(string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Geode:Control", value)]).Build();
        var refusal = Assert.Throws<PlanetException>(() => configuration.Control());
        Assert.Contains(value, refusal.Message);
    }

    private static string At(string path) => Folders.Select(folder => Path.Combine(folder, path)).Single(File.Exists);

    private static IEnumerable<string> Imports(string module)
    {
        var file = At(module.TrimStart('/'));
        foreach (Match import in Import().Matches(File.ReadAllText(file)))
        {
            var needed = new Uri(new Uri("http://page" + module), import.Groups[1].Value).AbsolutePath;
            yield return needed;
            foreach (var more in Imports(needed))
                yield return more;
        }
    }

    [GeneratedRegex(@"(src|href|url|import|from|fetch)\W{0,3}['""(](https?:)?//")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"<script(?![^>]*\ssrc=)|<style|\son[a-z]+=|\sstyle=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|createContextualFragment|srcdoc")]
    private static partial Regex Parsing();

    [GeneratedRegex(@"<script type=""module"" src=""([^""]+)""")]
    private static partial Regex Entry();

    [GeneratedRegex(@"<link rel=""modulepreload"" href=""([^""]+)""")]
    private static partial Regex Preloaded();

    [GeneratedRegex(@"^import .* from '([^']+)';$", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"\['(\w+)', '([^']+)', (-?[\d.]+), (-?[\d.]+)\]")]
    private static partial Regex PlaceRow();
}
