using System.Xml.Linq;

namespace Geode.Tests.House;

/// <summary>A project of the solution, as its file says it.</summary>
/// <param name="Path">Of the file, complete.</param>
internal sealed record ProjectFile(string Path, XDocument Xml)
{
    private static readonly string[] NamesFiles = ["Include", "Update", "Project"];

    /// <summary>The folder that MSBuild calls by these names.</summary>
    private static readonly string[] NamesOfOwnFolder = ["$(MSBuildThisFileDirectory)", "$(MSBuildProjectDirectory)"];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Complete paths of the projects it refers to.</summary>
    public IEnumerable<string> References => Xml.Descendants("ProjectReference").Attributes("Include").SelectMany(Paths);

    /// <summary>Complete paths of all files outside of its own folder that it names: what it refers to, compiles, embeds, copies, imports.</summary>
    public IEnumerable<string> Elsewhere => Xml.Descendants().Attributes().Where(a => NamesFiles.Contains(a.Name.LocalName)).SelectMany(Paths)
        .Where(path => !path.StartsWith(Folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal));

    /// <summary>All below a folder, in the order of their names.</summary>
    public static IReadOnlyList<ProjectFile> Below(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 })
            .Order(StringComparer.Ordinal).Select(path => new ProjectFile(path, XDocument.Load(path))),
    ];

    private string Folder => System.IO.Path.GetDirectoryName(Path)!;

    private IEnumerable<string> Paths(XAttribute names) => names.Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(name => NamesOfOwnFolder.Aggregate(name, (text, own) => text.Replace(own, Folder + '/', StringComparison.Ordinal)))
        .Select(name => System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, name.Replace('\\', '/'))));
}
