namespace Geode.Cli;

/// <summary>The command cannot go on; the message is one line for whoever gave it.</summary>
internal sealed class CliException(string message, Exception? inner = null) : Exception(message, inner);
