using Geode.Hosting.Processes;
using Geode.TestKit;

namespace Geode.Hosting.Tests.Processes;

public sealed class BuiltProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_what_was_built_in_the_same_way_as_the_running_program()
    {
        var built = Write("Shop", "bin", "Release", "net10.0", "Shop");
        Write("Shop", "bin", "Debug", "net10.0", "Shop");

        Assert.Equal(built, BuiltProgram.Find(_folder.At("Shop", "Shop.csproj"), _folder.At("Host", "bin", "Release", "net10.0") + Path.DirectorySeparatorChar));
    }

    [Fact]
    public void Nothing_where_it_is_not_built_or_the_folders_are_others()
    {
        Write("Shop", "bin", "Debug", "net10.0", "Shop");

        Assert.Null(BuiltProgram.Find(_folder.At("Shop", "Shop.csproj"), _folder.At("Host", "bin", "Release", "net10.0")));
        Assert.Null(BuiltProgram.Find(_folder.At("Shop", "Shop.csproj"), _folder.At("artifacts", "Host")));
    }

    [Fact]
    public void A_build_for_one_kind_of_machine_is_one_folder_deeper() => Assert.Equal(
        Write("Shop", "bin", "Debug", "net10.0", "linux-x64", "Shop"),
        BuiltProgram.Find(_folder.At("Shop", "Shop.csproj"), _folder.At("Host", "bin", "Debug", "net10.0", "linux-x64")));

    private string Write(params string[] path)
    {
        var file = _folder.At(path) + (OperatingSystem.IsWindows() ? ".exe" : "");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
