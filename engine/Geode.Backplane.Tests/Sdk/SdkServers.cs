namespace Geode.Backplane.Tests.Sdk;

/// <summary>The servers that the tests of the client share: one whose containers have one partition, one with three.</summary>
public sealed class SdkServers : IAsyncLifetime
{
    public SdkServer One { get; private set; } = null!;

    public SdkServer Three { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        One = await SdkServer.StartAsync();
        Three = await SdkServer.StartAsync("--partitions", "3");
    }

    public async Task DisposeAsync()
    {
        await One.DisposeAsync();
        await Three.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class SdkCollection : ICollectionFixture<SdkServers>
{
    public const string Name = "Backplane SDK";
}
