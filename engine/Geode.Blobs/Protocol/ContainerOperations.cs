using Geode.Blobs.Storage;

namespace Geode.Blobs.Protocol;

/// <summary>Containers: create, describe, delete.</summary>
internal static class ContainerOperations
{
    public static Task CreateAsync(BlobRequest request)
    {
        var metadata = request.Metadata();
        var made = request.Account.Change(request.Container, "", now => now is null
            ? new BlobRecord("", "", 0, default) { Metadata = metadata }
            : throw new BlobException(409, "ContainerAlreadyExists", "The specified container already exists."));
        request.Changed(StatusCodes.Status201Created, made!);
        return Task.CompletedTask;
    }

    public static Task DescribeAsync(BlobRequest request)
    {
        var container = request.ExistingContainer();
        request.Changed(StatusCodes.Status200OK, container);
        foreach (var (name, value) in container.Metadata)
            request.Response.Headers[BlobHeaderNames.MetadataPrefix + name] = value;
        request.Response.Headers["x-ms-lease-status"] = "unlocked";
        request.Response.Headers["x-ms-lease-state"] = "available";
        request.Response.Headers["x-ms-has-immutability-policy"] = "false";
        request.Response.Headers["x-ms-has-legal-hold"] = "false";
        return Task.CompletedTask;
    }

    public static Task DeleteAsync(BlobRequest request)
    {
        request.Account.Change(request.Container, "", now =>
        {
            if (now is null)
                throw BlobException.ContainerNotFound();
            BlobConditions.CheckWrite(request.Request, now);
            return now with { IsDeleted = true };
        });
        request.Response.StatusCode = StatusCodes.Status202Accepted;
        request.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
