using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>Turns an expression into a delegate, once per execution; what is constant is computed then and there.</summary>
internal sealed class ExpressionCompiler(CompilerContext context)
{
    public CompilerContext Context => context;

    public Code Compile(SqlExpression expression, Scope scope) => expression switch
    {
        SqlLiteral literal => Code.Of(Literals.Value(literal)),
        SqlParameter parameter => Code.Of(Parameter(parameter.Name)),
        SqlIdentifier identifier => Identifier(identifier.Name, scope),
        SqlMember member => Member(member, scope),
        SqlIndexer indexer => Indexer(Compile(indexer.Target, scope), Compile(indexer.Index, scope)),
        SqlUnary unary => Operators.Unary(unary.Operator, Compile(unary.Operand, scope)),
        SqlBinary { Operator: SqlBinaryOperator.And or SqlBinaryOperator.Or } chain => LogicalChain.Compile(chain, this, scope),
        SqlBinary binary => Operators.Binary(binary.Operator, Compile(binary.Left, scope), Compile(binary.Right, scope)),
        SqlCoalesce coalesce => Operators.Coalesce(Compile(coalesce.Left, scope), Compile(coalesce.Right, scope)),
        SqlConditional conditional => Operators.Conditional(
            Compile(conditional.Condition, scope), Compile(conditional.WhenTrue, scope), Compile(conditional.Otherwise, scope)),
        SqlIn isIn => Negate(Operators.In(Compile(isIn.Needle, scope), CompileAll(isIn.Items, scope)), isIn.Negated),
        SqlBetween between => Negate(
            Operators.Between(Compile(between.Operand, scope), Compile(between.Low, scope), Compile(between.High, scope)), between.Negated),
        SqlLike like => Negate(LikeOperator.Compile(Compile(like.Operand, scope), Compile(like.Pattern, scope), like.Escape), like.Negated),
        SqlArray array => Constructors.Array(CompileAll(array.Items, scope)),
        SqlObject @object => Object(@object, scope),
        SqlFunctionCall call => Call(call, scope),
        SqlSubquery subquery => SubqueryCompiler.Compile(subquery, this, scope),
        _ => throw new QueryException($"The expression '{expression}' cannot be executed."),
    };

    public Code[] CompileAll(SqlList<SqlExpression> expressions, Scope scope)
    {
        var codes = new Code[expressions.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = Compile(expressions[i], scope);
        }

        return codes;
    }

    /// <summary>A computed property of what a slot is bound to; null where there is none of that name.</summary>
    public Code? Computed(int slot, string name) =>
        slot == CompilerContext.DocumentSlot && context.Computed?.TryGetValue(name, out var definition) == true
            ? ComputedProperties.Compile(definition, context)
            : null;

    private static Code Negate(Code code, bool negated) => negated ? Operators.Unary(SqlUnaryOperator.Not, code) : code;

    private static Code Identifier(string name, Scope scope)
    {
        if (scope.TryFind(name, out var slot))
        {
            return new Code(frame => frame.Slots[slot]);
        }

        return name switch
        {
            "NaN" => Code.Of(SqlValue.From(double.NaN)),
            "Infinity" => Code.Of(SqlValue.From(double.PositiveInfinity)),
            _ => throw new QueryException($"Identifier '{name}' could not be resolved."),
        };
    }

    private SqlValue Parameter(string name) => context.Parameters.TryGet(name, out var value)
        ? value
        : throw new QueryException($"The query uses the parameter '{name}', which was not supplied.");

    private Code Member(SqlMember member, Scope scope)
    {
        if (member.Target is SqlIdentifier { Name: var alias } && scope.TryFind(alias, out var slot))
        {
            if (Computed(slot, member.Name) is { } computed)
            {
                return computed;
            }

            var direct = new PropertyName(member.Name);
            return new Code(frame => frame.Slots[slot][direct]);
        }

        var target = Compile(member.Target, scope);
        var name = new PropertyName(member.Name);
        var run = target.Run;
        return Code.Fold(target.IsConstant, frame => run(frame)[name]);
    }

    private static Code Indexer(Code target, Code index)
    {
        var (whole, at) = (target.Run, index.Run);
        return Code.Fold(target.IsConstant && index.IsConstant, frame =>
        {
            var key = at(frame);
            return key.Kind switch
            {
                SqlKind.String => whole(frame)[new PropertyName(key.Text)],
                SqlKind.Number when key.TryGetInteger(out var position) && position >= 0 => whole(frame)[position],
                _ => SqlValue.Undefined,
            };
        });
    }

    private Code Object(SqlObject @object, Scope scope)
    {
        var names = new string[@object.Properties.Count];
        var values = new Code[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = @object.Properties[i].Name;
            values[i] = Compile(@object.Properties[i].Value, scope);
        }

        return Constructors.Object(names, values);
    }

    private Code Call(SqlFunctionCall call, Scope scope)
    {
        if (call.Udf)
        {
            var udf = context.Functions?.Find(call.Name) ?? throw new QueryException($"There is no user-defined function 'udf.{call.Name}'.");
            context.CallsFunctions = true;
            var arguments = Array.ConvertAll(CompileAll(call.Arguments, scope), argument => argument.Run);
            return new Code(frame => udf(Array.ConvertAll(arguments, argument => argument(frame))));
        }

        if (FunctionRegistry.IsAggregate(call.Name))
        {
            if (scope.Aggregates is not { } aggregates || call.Arguments.Count != 1)
            {
                throw new QueryException($"The aggregate '{call.Name}' takes one argument and belongs into a SELECT clause.");
            }

            // Inside its argument no further aggregate is allowed.
            scope.Aggregates = null;
            var argument = Compile(call.Arguments[0], scope);
            scope.Aggregates = aggregates;
            return new Code(aggregates.Add(call.Name, argument));
        }

        if (!FunctionRegistry.TryGetScalar(call.Name, out var function))
        {
            throw new QueryException($"'{call.Name}' is not a recognized built-in function name.");
        }

        if (call.Arguments.Count < function.MinArity || call.Arguments.Count > function.MaxArity)
        {
            throw new QueryException($"The {function.Name} function requires {Arity(function)}; {call.Arguments.Count} given.");
        }

        if (function.Compile is { } compile)
        {
            return compile(call, this, scope);
        }

        return FunctionCalls.Compile(function, CompileAll(call.Arguments, scope));
    }

    private static string Arity(SqlFunction function) => function.MaxArity switch
    {
        int.MaxValue => $"at least {function.MinArity} argument(s)",
        var most when most == function.MinArity => $"{most} argument(s)",
        var most => $"{function.MinArity} to {most} arguments",
    };
}
