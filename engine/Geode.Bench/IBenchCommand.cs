namespace Geode.Bench;

/// <summary>One thing the bench can do, by name: <c>dotnet run -c Release --project engine/Geode.Bench -- NAME …</c>. Every class of this
/// assembly that implements it is found.</summary>
internal interface IBenchCommand
{
    string Name { get; }

    /// <summary>One line; null hides a command that only other commands start.</summary>
    string? Summary { get; }

    /// <returns>The exit code.</returns>
    Task<int> RunAsync(string[] args, CancellationToken stop);
}
