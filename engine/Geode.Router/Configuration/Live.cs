namespace Geode.Router.Configuration;

/// <summary>A setting that a reload may replace while it is in use. Who needs several values of it to agree reads it once.</summary>
internal sealed class Live<T>(T value)
    where T : class
{
    private volatile T _value = value;

    public T Value
    {
        get => _value;
        set => _value = value;
    }
}
