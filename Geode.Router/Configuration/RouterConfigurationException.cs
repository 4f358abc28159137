namespace Geode.Router.Configuration;

/// <summary>Configuration the router cannot run with. The message is one line for the user: the key, what is wrong, what is allowed.</summary>
public sealed class RouterConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
