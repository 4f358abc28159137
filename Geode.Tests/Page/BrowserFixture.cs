using Microsoft.Playwright;

namespace Geode.Tests.Page;

/// <summary>One browser for the tests of a class.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // Bounds a test that fails; nothing is asserted about speed.
    private const float PatienceMs = 180_000;

    private Browser? _browser;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        // Without one the tests are skipped.
        if (Browser.Executable is not null)
            _browser = await Browser.LaunchAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
    }

    /// <summary>A window of a visitor of its own, at an address of the planet.</summary>
    public async Task<Window> OpenAsync(Uri address, int width = 1440, int height = 900, bool dark = false, bool reducedMotion = false)
    {
        var page = await _browser!.OpenAsync(width, height, dark, reducedMotion);
        page.SetDefaultTimeout(PatienceMs);
        var window = new Window(page);
        await page.GotoAsync(address.ToString());
        return window;
    }
}

/// <summary>A browser window that remembers what went wrong in it.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly List<string> _complaints = [];

    internal Window(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            // Policy violations are errors on the console too.
            if (message.Type is "error" or "warning")
                _complaints.Add($"{message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Console errors, unhandled exceptions, policy violations.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public void AssertNoComplaints() => Assert.True(_complaints.Count == 0, string.Join('\n', _complaints));

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
