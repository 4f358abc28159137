using System.Xml.Linq;

namespace Geode.Blobs.Protocol;

/// <summary>"Get Blob Service Stats": how far the copy is.</summary>
internal static class ServiceStatistics
{
    public static async Task WriteAsync(BlobRequest request)
    {
        if (!request.Serving.IsCopy)
            throw new BlobException(400, "InvalidUri", "The statistics of replication are the copy's: ask the secondary endpoint.");
        var synced = await request.Serving.SyncedAt(request.Cancellation);
        await BlobServer.WriteXmlAsync(request.Http, new XElement("StorageServiceStats", new XElement("GeoReplication",
            new XElement("Status", synced is null ? "unavailable" : "live"),
            synced is { } time ? new XElement("LastSyncTime", BlobRequest.Date(time)) : null)));
    }
}
