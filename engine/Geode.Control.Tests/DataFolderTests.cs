using Geode.Control;
using Geode.Topology;

namespace Geode.Control.Tests;

public sealed class DataFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planet-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_belongs_to_one_planet_at_a_time()
    {
        using (DataFolder.Open(_folder, fresh: false))
            Assert.Throws<PlanetException>(() => DataFolder.Open(_folder, fresh: false));

        DataFolder.Open(_folder, fresh: false).Dispose();
    }

    [Fact]
    public void Data_stays_unless_a_fresh_start_is_asked_for()
    {
        var stored = Store(DataFolder.Replicas);
        DataFolder.Open(_folder, fresh: false).Dispose();
        Assert.True(File.Exists(stored));

        DataFolder.Open(_folder, fresh: true).Dispose();
        Assert.False(File.Exists(stored));
    }

    [Fact]
    public void A_fresh_start_deletes_nothing_but_replicas()
    {
        var foreign = Store("photos");

        DataFolder.Open(_folder, fresh: true).Dispose();

        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public void Without_a_path_it_is_temporary()
    {
        var data = DataFolder.Open(null, fresh: false);
        Assert.True(Directory.Exists(data.Path));

        data.Dispose();

        Assert.False(Directory.Exists(data.Path));
    }

    [Fact]
    public void A_path_that_is_a_file_is_refused_with_its_name()
    {
        var file = Store("photos");

        var wrong = Assert.Throws<PlanetException>(() => DataFolder.Open(file, fresh: false));

        Assert.Contains(file, wrong.Message);
        Assert.Contains("--data", wrong.Message);
    }

    private string Store(string below)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, below)).FullName, "kept");
        File.WriteAllText(file, "x");
        return file;
    }
}
