using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;
using Geode.Service.Backplane;
using Geode.Topology;

namespace Geode.Service.Attachments;

/// <summary>The clients of every region's attachments.</summary>
internal sealed class AttachmentAccounts
{
    /// <summary>The container in each account.</summary>
    public const string Container = "attachments";

    // Whoever reads asks elsewhere sooner than it would ask again.
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, (BlobContainerClient Primary, BlobContainerClient Secondary)> _clients;

    /// <exception cref="PlanetException">A region's account is not given, or wrongly.</exception>
    public AttachmentAccounts(Planet planet, IConfiguration configuration)
    {
        var identity = new Lazy<TokenCredential>(BackplaneClients.Credential);
        _clients = planet.Regions.ToDictionary(region => region.Name, region =>
        {
            var account = AttachmentAccount.Parse(configuration[$"Geode:Attachments:{region.Name}"], PlanetEnvironment.AttachmentsPrefix + region.Name);
            return (Client(account.Primary), Client(account.Secondary));

            BlobContainerClient Client(Uri endpoint) => account.Key is { } key
                ? new BlobServiceClient(endpoint, new StorageSharedKeyCredential(account.Name, key), Options()).GetBlobContainerClient(Container)
                : new BlobServiceClient(endpoint, identity.Value, Options()).GetBlobContainerClient(Container);
        });
    }

    /// <summary>Whether there is such a region.</summary>
    public bool Has(string region) => _clients.ContainsKey(region);

    /// <summary>The region's own account.</summary>
    public BlobContainerClient Primary(string region) => _clients[region].Primary;

    /// <summary>The copy in the region's pair.</summary>
    public BlobContainerClient Secondary(string region) => _clients[region].Secondary;

    private static BlobClientOptions Options() => new() { Retry = { MaxRetries = 0, NetworkTimeout = NetworkTimeout }, Diagnostics = { IsLoggingEnabled = false } };
}
