namespace Geode.Blobs.Replication;

/// <summary>The way from an account to its copy, as it is at this moment.</summary>
public interface IBlobLink
{
    /// <summary>False: nothing arrives.</summary>
    bool IsUp { get; }

    /// <summary>How long what is sent now is under way.</summary>
    TimeSpan Transit();
}
