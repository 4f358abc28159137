using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>
/// Reasons backwards: given that an expression has one of some values, which values can the document have where? The answer may
/// be too wide, never too narrow.
/// </summary>
internal sealed partial class Restriction
{
    // Asking for true and for false apart doubles the work at each level; past this, parts of the filter are left out.
    private const int MostSteps = 20_000;

    private int _steps;

    private Restriction()
    {
    }

    /// <summary>What must hold for a filter to let a row pass.</summary>
    public static Constraint On(SqlExpression filter) => new Restriction().Passing(filter).Consistent();

    private Constraint Passing(SqlExpression filter) => To(filter, ValueSet.True);

    private Constraint To(SqlExpression expression, ValueSet wanted)
    {
        if (wanted.IsEmpty) return Constraint.Never;
        if (++_steps > MostSteps) return Constraint.Always;
        StackGuard.Check(expression.Span);
        var result = Reason(expression, wanted);
        _steps += result.Alternatives.Count >> 4;
        return result;
    }

    private Constraint Reason(SqlExpression expression, ValueSet wanted)
    {
        switch (expression)
        {
            case KnownValue known:
                return Constraint.When(!ValueSet.Of(known.Value).Intersect(wanted).IsEmpty);
            case UnknownValue unknown:
                return Constraint.When(!unknown.Possible.Intersect(wanted).IsEmpty);
            case ValuePath path:
                return Constraint.On(path, wanted);
            case RowsExist rows:
                return wanted.HasFalse ? Constraint.Always : wanted.HasTrue ? Passing(rows.Filter) : Constraint.Never;
            case RowsAggregate rows:
                return rows.Possible.Intersect(wanted).IsEmpty ? Constraint.Never
                    : rows.OfNoRows.Intersect(wanted).IsEmpty ? Passing(rows.Filter)
                    : Constraint.Always;
            case SqlUnary unary:
                return Unary(unary, wanted);
            case SqlBinary binary:
                return Binary(binary, wanted);
            case SqlCoalesce coalesce:
                return To(coalesce.Left, wanted.Intersect(ValueSet.Defined))
                    .Or(To(coalesce.Left, ValueSet.Undefined).And(To(coalesce.Right, wanted)));
            case SqlConditional conditional:
                return To(conditional.Condition, ValueSet.True).And(To(conditional.WhenTrue, wanted))
                    .Or(To(conditional.Condition, ValueSet.True.Complement()).And(To(conditional.Otherwise, wanted)));
            case SqlIn membership:
                return In(membership, wanted);
            case SqlBetween between:
                return Between(between, wanted);
            case SqlLike like:
                return Like(like, wanted);
            case SqlArray array:
                return Array(array, wanted);
            case SqlObject @object:
                return Object(@object, wanted);
            case SqlFunctionCall { Udf: false } call:
                return Call(call, wanted);
            case SqlMember member:
                return wanted.HasUndefined ? Constraint.Always : To(member.Target, ValueSet.AllObjects);
            case SqlIndexer indexer:
                return wanted.HasUndefined ? Constraint.Always : To(indexer.Target, ValueSet.AllArrays);
            default:
                return Constraint.Always;
        }
    }

    /// <summary>For expressions that yield true, false or undefined: the answer for each that is wanted.</summary>
    private static Constraint Truth(ValueSet wanted, Func<Constraint> whenTrue, Func<Constraint> whenFalse, Func<Constraint>? otherwise = null)
    {
        var result = Constraint.Never;
        if (wanted.HasTrue) result = whenTrue();
        if (wanted.HasFalse) result = result.Or(whenFalse());
        if (wanted.HasUndefined) result = result.Or(otherwise?.Invoke() ?? Constraint.Always);
        return result;
    }

    private static Constraint Negatable(bool negated, ValueSet wanted, Func<ValueSet, Constraint> positive)
    {
        if (!negated) return positive(wanted);
        var inner = ValueSet.None;
        if (wanted.HasTrue) inner = inner.Union(ValueSet.False);
        if (wanted.HasFalse) inner = inner.Union(ValueSet.True);
        if (wanted.HasUndefined) inner = inner.Union(ValueSet.Booleans.Complement());
        return positive(inner);
    }

    private Constraint In(SqlIn membership, ValueSet wanted)
    {
        if (membership.Items.All(item => item is KnownValue))
        {
            var values = membership.Items.Select(item => ((KnownValue)item).Value).Where(value => !value.IsUndefined).ToArray();
            var set = ValueSet.OfAll(values);
            return Negatable(membership.Negated, wanted, inner => Truth(
                inner,
                () => To(membership.Needle, set),
                () => To(membership.Needle, set.Complement().Intersect(ValueSet.Defined)),
                () => To(membership.Needle, ValueSet.Undefined)));
        }

        return Negatable(membership.Negated, wanted, inner => Truth(
            inner,
            () => Constraint.Any(membership.Items.Select(item => Equal(membership.Needle, item))),
            () => To(membership.Needle, ValueSet.Defined)));
    }

    private Constraint Between(SqlBetween between, ValueSet wanted)
    {
        var above = new SqlBinary(SqlBinaryOperator.GreaterOrEqual, between.Operand, between.Low);
        var below = new SqlBinary(SqlBinaryOperator.LessOrEqual, between.Operand, between.High);
        return Negatable(between.Negated, wanted, inner => Binary(new SqlBinary(SqlBinaryOperator.And, above, below), inner));
    }

    private Constraint Like(SqlLike like, ValueSet wanted)
    {
        var pattern = like.Pattern switch
        {
            KnownValue { Value: { IsString: true } text } => LikeRange.Of(text.Text, like.Escape),
            KnownValue => null,
            _ => LikeRange.Any,
        };
        if (pattern is null) return Constraint.When(wanted.HasUndefined);
        return Negatable(like.Negated, wanted, inner => Truth(
            inner,
            () => To(like.Operand, pattern.Strings),
            () => To(like.Operand, pattern.IsExact ? ValueSet.AllStrings.Except(pattern.Strings) : ValueSet.AllStrings)));
    }

    private Constraint Array(SqlArray array, ValueSet wanted)
    {
        if (wanted.Arrays.IsEmpty) return Constraint.Never;
        if (wanted.Arrays.Points is { } points) return Constraint.Any(points.Select(point => Same(array, point)));
        return wanted.Arrays.Exceptions.Aggregate(Constraint.Always, (all, exception) => all.And(Differs(array, exception)));
    }

    private Constraint Object(SqlObject @object, ValueSet wanted)
    {
        if (wanted.Objects.IsEmpty) return Constraint.Never;
        if (wanted.Objects.Points is not { } points) return Constraint.Always;
        return Constraint.Any(points.Select(point => Same(@object, point)));
    }

    private Constraint Same(SqlArray array, SqlValue value)
    {
        // An item that is undefined is left out, so that items match by place only where the numbers agree.
        if (array.Items.Count < value.Count) return Constraint.Never;
        if (array.Items.Count > value.Count) return Constraint.Always;
        var all = Constraint.Always;
        for (var i = 0; i < array.Items.Count; i++) all = all.And(To(array.Items[i], ValueSet.Of(value[i])));
        return all;
    }

    private Constraint Differs(SqlArray array, SqlValue value) => array.Items.Count != value.Count
        ? Constraint.Always
        : Constraint.Any(array.Items.Select((item, i) => To(item, ValueSet.Of(value[i]).Complement())));

    private Constraint Same(SqlObject @object, SqlValue value)
    {
        var all = Constraint.Always;
        foreach (var property in @object.Properties) all = all.And(To(property.Value, ValueSet.Of(value[new PropertyName(property.Name)])));
        foreach (var member in value.Members)
        {
            if (!@object.Properties.Any(property => property.Name == member.Name)) return Constraint.Never;
        }

        return all;
    }
}
