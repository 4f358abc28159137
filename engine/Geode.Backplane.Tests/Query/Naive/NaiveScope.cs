namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>A name, what it stands for, and the names around it.</summary>
internal sealed record NaiveScope(string Name, NaiveValue Value, NaiveScope? Outer)
{
    public static NaiveScope? Find(NaiveScope? scope, string name)
    {
        while (scope is not null && scope.Name != name)
            scope = scope.Outer;
        return scope;
    }
}

/// <summary>One combination of bindings, and which item it comes from.</summary>
internal sealed record NaiveRow(NaiveScope? Scope, int Item);
