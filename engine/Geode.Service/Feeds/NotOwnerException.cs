namespace Geode.Service.Feeds;

/// <summary>This process no longer owns the work it is doing; whoever does will do it.</summary>
public sealed class NotOwnerException(string message) : Exception(message);
