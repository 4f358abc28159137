using System.Runtime.ExceptionServices;

namespace Geode.Backplane.Scripts;

/// <summary>Where scripts run: on a thread of their own with a stack so large that a script meets its limit of memory before the end of it.
/// The end of a stack ends the process. What is not used of it costs nothing.</summary>
internal static class ScriptThread
{
    private const int Stack = 1 << 30;

    public static T Run<T>(Func<T> run)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(Body, Stack) { IsBackground = true, Name = "script" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;

        void Body()
        {
            try
            {
                result = run();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
