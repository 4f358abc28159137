namespace Geode.Bench;

/// <summary>A run cannot go on; the message is for whoever started it.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
