using System.Collections.Frozen;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <content>Functions: those that can be undone, and for the rest the type of what they yield.</content>
internal sealed partial class Restriction
{
    private delegate Constraint Undo(Restriction self, SqlList<SqlExpression> arguments, ValueSet wanted);

    private static readonly FrozenDictionary<string, Undo> Undoable = new Dictionary<string, Undo>
    {
        ["IS_DEFINED"] = TypeTest(ValueSet.Defined),
        ["IS_NULL"] = TypeTest(ValueSet.Null),
        ["IS_BOOL"] = TypeTest(ValueSet.Booleans),
        ["IS_NUMBER"] = TypeTest(ValueSet.AllNumbers),
        ["IS_STRING"] = TypeTest(ValueSet.AllStrings),
        ["IS_ARRAY"] = TypeTest(ValueSet.AllArrays),
        ["IS_OBJECT"] = TypeTest(ValueSet.AllObjects),
        ["IS_PRIMITIVE"] = TypeTest(ValueSet.Primitives),
        ["STRINGEQUALS"] = (self, arguments, wanted) => self.StringEquals(arguments, wanted),
        ["STARTSWITH"] = (self, arguments, wanted) => self.StartsWith(arguments, wanted),
        ["ARRAY_CONTAINS"] = (self, arguments, wanted) => self.ArrayContains(arguments, wanted),
        ["FullTextContainsAll"] = Terms(of => of.Aggregate(Constraint.Always, (all, term) => all.And(term))),
        ["FullTextContainsAny"] = Terms(Constraint.Any),
        ["LOWER"] = (self, arguments, wanted) => self.CaseOf(arguments[0], wanted, text => text.ToLowerInvariant()),
        ["UPPER"] = (self, arguments, wanted) => self.CaseOf(arguments[0], wanted, text => text.ToUpperInvariant()),
        ["ABS"] = Number(Rounding.Absolute),
        ["FLOOR"] = Number(Rounding.Floor),
        ["CEILING"] = Number(Rounding.Ceiling),
        ["ROUND"] = Number(Rounding.Round),
        ["TRUNC"] = Number(Rounding.Truncate),
        ["SIGN"] = Number(Rounding.Sign),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private Constraint Call(SqlFunctionCall call, ValueSet wanted)
    {
        if (FunctionSignature.Of(call.Name) is { } signature)
        {
            if (signature.Result.Intersect(wanted).IsEmpty) return Constraint.Never;
            if (!wanted.HasUndefined)
            {
                var typed = Constraint.Always;
                for (var i = 0; i < call.Arguments.Count; i++) typed = typed.And(To(call.Arguments[i], signature.Parameter(i)));
                return Undoable.TryGetValue(call.Name, out var undoTyped) ? typed.And(undoTyped(this, call.Arguments, wanted)) : typed;
            }
        }

        return Undoable.TryGetValue(call.Name, out var undo) ? undo(this, call.Arguments, wanted) : Constraint.Always;
    }

    private static Undo TypeTest(ValueSet type) => (self, arguments, wanted) => Truth(
        wanted, () => self.To(arguments[0], type), () => self.To(arguments[0], type.Complement()), () => Constraint.Never);

    private static Undo Number(Func<IntervalSet<double>, IntervalSet<double>> inverse) => (self, arguments, wanted) =>
        arguments.Count == 1 ? self.Numeric(arguments[0], wanted, inverse) : Constraint.Always;

    // Chains of FullTextContains: where one term is none, the others may still decide.
    private static Undo Terms(Func<IEnumerable<Constraint>, Constraint> join) => (self, arguments, wanted) => Truth(
        wanted, () => join(arguments.Skip<SqlExpression>(1).Select(term => self.To(term, ValueSet.AllStrings.Union(ValueSet.AllObjects)))), () => Constraint.Always);

    private Constraint StringEquals(SqlList<SqlExpression> arguments, ValueSet wanted)
    {
        if (arguments.Count > 2 && arguments[2] is not KnownValue) return Constraint.When(MaybeBoolean(wanted));
        var ignoresCase = arguments.Count > 2 && ((KnownValue)arguments[2]).Value.IsTrue;
        var (operand, constant) = (arguments[0], arguments[1]) switch
        {
            (var left, KnownValue right) => (left, right.Value),
            (KnownValue left, var right) => (right, left.Value),
            var (left, _) => (left, SqlValue.Undefined),
        };
        if (!constant.IsString) return Constraint.When(MaybeBoolean(wanted));

        var equal = ignoresCase
            ? Variants(constant.Text, text => text.ToLowerInvariant(), constant.Text.ToLowerInvariant())
            : ValueSet.Of(constant);
        return Truth(wanted, () => To(operand, equal), () => To(operand, ValueSet.AllStrings));
    }

    private Constraint StartsWith(SqlList<SqlExpression> arguments, ValueSet wanted)
    {
        var prefixes = ValueSet.AllStrings;
        var ignoresCase = arguments.Count > 2 && arguments[2] is not KnownValue { Value.IsFalse: true };
        if (arguments[1] is KnownValue { Value: { IsString: true } known })
        {
            var spellings = ignoresCase
                ? Variants(known.Text, text => text.ToLowerInvariant(), known.Text.ToLowerInvariant())
                : ValueSet.Of(known);
            if (spellings.Strings.Points() is { } points)
            {
                prefixes = points.Aggregate(ValueSet.None, (all, prefix) => all.Union(LikeRange.StartingWith(prefix)));
            }
        }

        var isExact = !ReferenceEquals(prefixes, ValueSet.AllStrings);
        return Truth(
            wanted,
            () => To(arguments[0], prefixes),
            () => To(arguments[0], isExact ? ValueSet.AllStrings.Except(prefixes) : ValueSet.AllStrings));
    }

    private Constraint ArrayContains(SqlList<SqlExpression> arguments, ValueSet wanted)
    {
        var (array, item) = (arguments[0], arguments[1]);
        var partial = arguments.Count > 2 && arguments[2] is not KnownValue { Value.IsFalse: true };
        if (!MaybeBoolean(wanted)) return Constraint.Never;
        if (wanted.HasFalse || wanted.HasUndefined) return Constraint.Always;
        switch (array)
        {
            case KnownValue { Value: { IsArray: true } known } when !partial || known.ToItems().All(value => !value.IsObject):
                return To(item, ValueSet.OfAll(known.ToItems()));
            case SqlArray { Items: var items } when !partial:
                return Constraint.Any(items.Select(candidate => Equal(item, candidate)));
            default:
                return Constraint.Always;
        }
    }

    private static bool MaybeBoolean(ValueSet wanted) => wanted.HasTrue || wanted.HasFalse || wanted.HasUndefined;

    private Constraint CaseOf(SqlExpression operand, ValueSet wanted, Func<string, string> change)
    {
        if (wanted.HasUndefined || wanted.Strings.Points() is not { } points)
        {
            return wanted.HasUndefined || !wanted.Strings.IsEmpty ? Constraint.Always : Constraint.Never;
        }

        var variants = points.Aggregate(ValueSet.None, (all, text) => all.Union(Variants(text, change, text)));
        return To(operand, variants);
    }

    /// <summary>The texts that <paramref name="change"/> turns into <paramref name="target"/>; every string when they are many.</summary>
    private static ValueSet Variants(string text, Func<string, string> change, string target)
    {
        const int mostVariants = 32;
        List<string> variants = [""];
        for (var i = 0; i < text.Length; i++)
        {
            string[] spellings = [text[i].ToString(), text[i].ToString().ToLowerInvariant(), text[i].ToString().ToUpperInvariant()];
            var valid = spellings.Distinct().Where(spelling => change(spelling) == target[i].ToString()).ToArray();
            variants = [.. variants.SelectMany(start => valid.Select(spelling => start + spelling))];
            if (variants.Count > mostVariants) return ValueSet.AllStrings;
        }

        return ValueSet.None with { Strings = IntervalSet<string>.OfPoints(variants) };
    }
}
