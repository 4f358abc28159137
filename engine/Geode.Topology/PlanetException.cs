namespace Geode.Topology;

/// <summary>Input that does not describe a planet. The message is one line for the user: what is wrong and what is allowed.</summary>
public sealed class PlanetException(string message, Exception? inner = null) : Exception(message, inner);
