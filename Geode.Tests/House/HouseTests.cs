using Geode.TestKit;

namespace Geode.Tests.House;

/// <summary>The engine stands by itself, and its projects upon each other in one direction only.</summary>
public sealed class HouseTests
{
    [Fact]
    public void The_projects_refer_to_what_they_may() => Assert.Equal([], HouseRules.Broken(RepositoryFiles.Root));

    [Theory]
    [InlineData("Geode.Topology", """<ProjectReference Include="../Geode.Runtime/Geode.Runtime.csproj" />""", "Geode.Topology may not refer to Geode.Runtime.", "In circles: Geode.Runtime, Geode.Topology.")]
    [InlineData("Geode.Service", """<ProjectReference Include="..\Geode.Backplane\Geode.Backplane.csproj" />""", "Geode.Service may not refer to Geode.Backplane.")]
    [InlineData("Geode.Service", """<ProjectReference Include="../../Geode.Api/Geode.Api.csproj" />""", "Geode.Service is the engine's and names {root}/Geode.Api/Geode.Api.csproj, which is not.", "Geode.Service may not refer to Geode.Api.")]
    [InlineData("Geode.Service", """<Compile Include="../../Geode.Api/**/*.cs" />""", "Geode.Service is the engine's and names {root}/Geode.Api/**/*.cs, which is not.")]
    [InlineData("Geode.Service", """<EmbeddedResource Include="own.json;$(MSBuildThisFileDirectory)../../containers.json" />""", "Geode.Service is the engine's and names {root}/containers.json, which is not.")]
    [InlineData("Geode.Service.Tests", """<None Include="../../geode.json" />""", "Geode.Service.Tests is the engine's and names {root}/geode.json, which is not.")]
    [InlineData("Geode.Router", """<ProjectReference Include="../Geode.TestKit/Geode.TestKit.csproj" />""", "Geode.Router may not refer to Geode.TestKit.", "Geode.Router refers to Geode.TestKit, which is for tests.")]
    [InlineData("Geode.Novelty", "", "Geode.Novelty is new: say in HouseRules what it may refer to.")]
    [InlineData("Geode.Bench", """<ProjectReference Include="../Geode.Router/Geode.Router.csproj" />""")]
    [InlineData("Geode.Router.Tests", """<ProjectReference Include="../Geode.TestKit/Geode.TestKit.csproj" />""")]
    public void What_breaks_the_rules_is_said(string project, string item, params string[] said)
    {
        using var house = new TemporaryFolder();
        Write(house, "Geode.Runtime", """<ProjectReference Include="../Geode.Topology/Geode.Topology.csproj" />""");
        Write(house, "Geode.Topology", "");
        Write(house, project, item);

        Assert.Equal(said.Select(s => s.Replace("{root}", house.Path, StringComparison.Ordinal)), HouseRules.Broken(house.Path));
    }

    private static void Write(TemporaryFolder house, string project, string item)
    {
        Directory.CreateDirectory(house.At("engine", project));
        File.WriteAllText(house.At("engine", project, project + ".csproj"), $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{item}</ItemGroup></Project>""");
    }
}
