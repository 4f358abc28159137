using System.Text.RegularExpressions;
using Geode.TestKit;

namespace Geode.Tests.Template;

/// <summary>The solution file of an instance: the repository's, without the projects that an instance does not have.</summary>
public sealed partial class InstanceSolutionTests
{
    [Fact]
    public void Is_the_repositorys_without_the_projects_left_out()
    {
        var file = RepositoryFiles.At(".template.config", "instance", "Geode.sln");
        var expected = Without(File.ReadAllText(RepositoryFiles.At("Geode.sln")), p => Instance.IsLeftOut(p.Replace('\\', '/').Replace("engine/", "", StringComparison.Ordinal)));
        if (Environment.GetEnvironmentVariable("GEODE_WRITE") == "1")
            File.WriteAllText(file, expected);
        Assert.True(File.ReadAllText(file) == expected, $"Geode.sln has other projects than {file} by now. GEODE_WRITE=1 dotnet test Geode.Tests --filter InstanceSolutionTests writes it anew.");
    }

    [Fact]
    public void A_project_goes_with_all_that_is_said_of_it()
    {
        const string solution = """
            Project("{F}") = "A", "A\A.csproj", "{1}"
            EndProject
            Project("{F}") = "B", "B\B.csproj", "{2}"
            EndProject
            Global
            	{1}.Debug = Debug
            	{2}.Debug = Debug
            	{2} = {F}
            EndGlobal

            """;

        Assert.Equal(
            """
            Project("{F}") = "A", "A\A.csproj", "{1}"
            EndProject
            Global
            	{1}.Debug = Debug
            EndGlobal

            """,
            Without(solution, path => path.StartsWith('B')));
    }

    private static string Without(string solution, Func<string, bool> project)
    {
        foreach (Match left in Project().Matches(solution).Where(m => project(m.Groups["path"].Value)))
        {
            solution = solution.Replace(left.Value, "", StringComparison.Ordinal);
            solution = Regex.Replace(solution, $@"^.*{Regex.Escape(left.Groups["id"].Value)}.*\n", "", RegexOptions.Multiline);
        }

        return solution;
    }

    [GeneratedRegex(@"^Project\(""[^""]+""\) = ""[^""]+"", ""(?<path>[^""]+)"", ""(?<id>[^""]+)""\nEndProject\n", RegexOptions.Multiline)]
    private static partial Regex Project();
}
