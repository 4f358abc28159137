namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>A value as the language has them; nothing of it is the engine's.</summary>
internal abstract class NaiveValue
{
    public static NaiveValue Undefined { get; } = new NaiveUndefined();

    public static NaiveValue Null { get; } = new NaiveNull();

    public static NaiveValue True { get; } = new NaiveBoolean(true);

    public static NaiveValue False { get; } = new NaiveBoolean(false);

    public bool IsUndefined => this is NaiveUndefined;

    public bool IsTrue => this is NaiveBoolean { Value: true };

    public bool IsFalse => this is NaiveBoolean { Value: false };

    public static NaiveValue Of(bool value) => value ? True : False;

    public static NaiveValue Of(double value) => new NaiveNumber(value);

    public static NaiveValue Of(string value) => new NaiveText(value);

    public static NaiveValue Of(IEnumerable<NaiveValue> items) => new NaiveArray([.. items]);

    public sealed override string ToString() => NaiveJson.Write(this);
}

internal sealed class NaiveUndefined : NaiveValue;

internal sealed class NaiveNull : NaiveValue;

internal sealed class NaiveBoolean(bool value) : NaiveValue
{
    public bool Value => value;
}

internal sealed class NaiveNumber(double value) : NaiveValue
{
    public double Value => value;
}

internal sealed class NaiveText(string value) : NaiveValue
{
    public string Value => value;
}

internal sealed class NaiveArray(NaiveValue[] items) : NaiveValue
{
    public NaiveValue[] Items => items;
}

internal sealed class NaiveObject : NaiveValue
{
    private readonly List<KeyValuePair<string, NaiveValue>> _members = [];

    public IReadOnlyList<KeyValuePair<string, NaiveValue>> Members => _members;

    /// <summary>Properties of an item that are read like others but are no part of it.</summary>
    public Dictionary<string, NaiveValue> Computed { get; } = [];

    /// <summary>Sets a member, in the place of one of the same name; undefined is left out.</summary>
    public NaiveObject With(string name, NaiveValue value)
    {
        _members.RemoveAll(member => member.Key == name);
        if (!value.IsUndefined)
            _members.Add(new(name, value));
        return this;
    }

    public NaiveValue Get(string name)
    {
        if (Computed.TryGetValue(name, out var computed))
            return computed;
        foreach (var member in _members)
        {
            if (member.Key == name)
                return member.Value;
        }

        return Undefined;
    }
}
