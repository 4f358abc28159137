using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>Compiles a FROM clause into nested loops over what each source yields.</summary>
internal static class SourceCompiler
{
    /// <param name="Bind">Wraps a sink so that it is called once per combination of bindings.</param>
    /// <param name="Slots">What the clause binds.</param>
    /// <param name="HasJoins">One document may give several rows, or none.</param>
    /// <param name="BindsDocumentOnly">The clause is just the document.</param>
    public sealed record Sources(Func<RowSink, RowSink> Bind, int[] Slots, bool HasJoins, bool BindsDocumentOnly);

    public static Sources Compile(SqlFrom? from, ExpressionCompiler expressions, Scope scope, bool readsContainer)
    {
        if (from is null)
        {
            return new Sources(sink => sink, [], HasJoins: false, BindsDocumentOnly: false);
        }

        var binders = new List<Func<RowSink, RowSink>>();
        var slots = new List<int>();
        var documentOnly = false;
        for (var i = 0; i < from.Sources.Count; i++)
        {
            var source = from.Sources[i];
            var mayBeDocument = readsContainer && i == 0;
            if (mayBeDocument && source is SqlAliasedSource { Collection: SqlPathCollection { Path.Count: 0 } path, BoundName: { } name }
                && !scope.TryFind(path.Root, out _))
            {
                scope.Add(name, CompilerContext.DocumentSlot);
                slots.Add(CompilerContext.DocumentSlot);
                documentOnly = from.Sources.Count == 1;
                continue;
            }

            binders.Add(Again(source, scope) ?? Compile(source, expressions, scope, mayBeDocument, slots));
        }

        return new Sources(
            sink => Enumerable.Reverse(binders).Aggregate(sink, (next, bind) => bind(next)),
            [.. slots],
            HasJoins: binders.Count > 0,
            documentOnly);
    }

    /// <summary>
    /// A source that is just another one under a name: <c>FROM c JOIN t IN c.tags</c> inside a subquery, which is how clients write
    /// it. It is that source, so that computed properties are read of it too; null for any other.
    /// </summary>
    private static Func<RowSink, RowSink>? Again(SqlSource source, Scope scope)
    {
        if (source is not SqlAliasedSource { Collection: SqlPathCollection { Path.Count: 0 } path, BoundName: { } name }
            || !scope.TryFind(path.Root, out var slot))
        {
            return null;
        }

        scope.Add(name, slot);
        return next => frame => frame.Slots[slot].IsUndefined || next(frame);
    }

    private static Func<RowSink, RowSink> Compile(
        SqlSource source, ExpressionCompiler expressions, Scope scope, bool mayBeDocument, List<int> slots)
    {
        var collection = Collection(source.Collection, expressions, scope, mayBeDocument);
        var slot = expressions.Context.NewSlot();
        slots.Add(slot);
        if (source.BoundName is { } name)
        {
            scope.Add(name, slot);
        }

        return source is SqlIteratorSource
            ? next => collection(frame => Iterate(frame, slot, next), slot)
            : next => collection(next, slot);
    }

    /// <summary>Calls a sink once per value of the collection, with the value in a slot.</summary>
    private static Func<RowSink, int, RowSink> Collection(SqlCollection collection, ExpressionCompiler expressions, Scope scope, bool mayBeDocument)
    {
        if (collection is SqlSubqueryCollection subquery)
        {
            var rows = NestedQuery.Compile(subquery.Query, expressions, scope, mayBeDocument);
            return (next, slot) => frame =>
            {
                foreach (var row in rows.Run(frame))
                {
                    frame.Slots[slot] = row;
                    if (!next(frame))
                    {
                        return false;
                    }
                }

                return true;
            };
        }

        var path = Path((SqlPathCollection)collection, expressions, scope, mayBeDocument);
        return (next, slot) => frame =>
        {
            var value = path(frame);
            frame.Slots[slot] = value;
            return value.IsUndefined || next(frame);
        };
    }

    private static Evaluator Path(SqlPathCollection collection, ExpressionCompiler expressions, Scope scope, bool mayBeDocument)
    {
        if (!scope.TryFind(collection.Root, out var root))
        {
            // The container goes by any name.
            root = mayBeDocument ? CompilerContext.DocumentSlot : throw new QueryException($"Identifier '{collection.Root}' could not be resolved.");
        }

        // The first step may be a computed property, the rest go into its value.
        var computed = collection.Path is [{ Name: { } first }, ..] ? expressions.Computed(root, first) : null;
        var start = computed?.Run ?? (frame => frame.Slots[root]);
        var stepsBefore = computed is null ? 0 : 1;
        var steps = new (PropertyName? Name, long Index)[collection.Path.Count - stepsBefore];
        for (var i = 0; i < steps.Length; i++)
        {
            var step = collection.Path[i + stepsBefore];
            steps[i] = step.Name is null ? (null, step.Index?.Integer ?? -1) : (new PropertyName(step.Name), -1);
        }

        return frame =>
        {
            var value = start(frame);
            foreach (var (name, index) in steps)
            {
                value = name is null ? value[index] : value[name];
            }

            return value;
        };
    }

    private static bool Iterate(Frame frame, int slot, RowSink next)
    {
        foreach (var item in frame.Slots[slot].Items)
        {
            frame.Step();
            frame.Slots[slot] = item;
            if (!next(frame))
            {
                return false;
            }
        }

        return true;
    }
}
