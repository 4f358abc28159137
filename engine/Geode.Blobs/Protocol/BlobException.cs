namespace Geode.Blobs.Protocol;

/// <summary>An answer that refuses: a status, a code of Azure Storage and why.</summary>
public sealed class BlobException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    /// <summary>As Azure Storage documents it ("Status and error codes" of its REST API).</summary>
    public string Code => code;

    internal static BlobException ContainerNotFound() => new(404, "ContainerNotFound", "The specified container does not exist.");

    internal static BlobException BlobNotFound() => new(404, "BlobNotFound", "The specified blob does not exist.");

    internal static BlobException BadHeader(string name, string allowed) => new(400, "InvalidHeaderValue", $"The header {name} is wrong; allowed is {allowed}.");

    internal static BlobException BadQuery(string name, string allowed) => new(400, "InvalidQueryParameterValue", $"The query parameter {name} is wrong; allowed is {allowed}.");

    /// <summary>Something of Azure Storage that is not here; never passed over in silence.</summary>
    internal static BlobException NotHere(string code, string what) => new(501, code, $"{what} is not supported by this store.");

    internal static BlobException NotMet() => new(412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
}
