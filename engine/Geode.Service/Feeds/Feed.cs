namespace Geode.Service.Feeds;

/// <summary>What one processor follows, and who does the work.</summary>
/// <param name="Name">Part of its leases' prefix, and the partition of what it puts aside.</param>
/// <param name="Container">The container whose changes it follows.</param>
/// <param name="Scope">Who processes a change.</param>
public sealed record Feed(string Name, string Container, FeedScope Scope);
