namespace Geode.Backplane.Scripts;

/// <summary>A script ended by an error of its own, or was ended. The message is for the client.</summary>
public sealed class ScriptException(string message, int status = 400, int subStatus = 0) : Exception(message)
{
    public int Status => status;

    public int SubStatus => subStatus;
}
