namespace Geode.Backplane.Query.Values;

/// <content>Equality, order and hashing.</content>
public readonly partial struct SqlValue
{
    /// <summary>
    /// The order of ORDER BY over all values: undefined, null, false, true, numbers, strings by UTF-16 code unit, arrays,
    /// objects. Arrays compare item by item; objects by their names in order, then the values under them.
    /// </summary>
    public static int Compare(in SqlValue left, in SqlValue right)
    {
        var kind = left.Kind;
        if (kind != right.Kind)
        {
            return kind.CompareTo(right.Kind);
        }

        return kind switch
        {
            SqlKind.Boolean => left._form.CompareTo(right._form),
            SqlKind.Number => CompareNumbers(left, right),
            SqlKind.String => CompareText(left, right),
            SqlKind.Array => CompareItems(left.Items, right.Items),
            SqlKind.Object => CompareMembers(left, right),
            _ => 0,
        };
    }

    /// <summary>Deep equality; objects are equal whatever the order of their members.</summary>
    public bool Equals(SqlValue other)
    {
        var kind = Kind;
        if (kind != other.Kind)
        {
            return false;
        }

        return kind switch
        {
            SqlKind.String => SameText(this, other),
            SqlKind.Array => SameItems(Items, other.Items),
            _ => Compare(this, other) == 0,
        };
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is SqlValue other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var kind = Kind;
        switch (kind)
        {
            case SqlKind.Boolean:
                return (int)_form;
            case SqlKind.Number:
                // Adding zero makes the two zeros one.
                return (Number + 0.0).GetHashCode();
            case SqlKind.String:
                return HashText();
            case SqlKind.Array:
                var items = new HashCode();
                foreach (var item in Items)
                {
                    items.Add(item.GetHashCode());
                }

                return items.ToHashCode();
            case SqlKind.Object:
                var members = 0;
                foreach (var member in Members)
                {
                    members += HashCode.Combine(member.Name, member.Value.GetHashCode());
                }

                return members;
            default:
                return (int)kind;
        }
    }

    private static int CompareNumbers(in SqlValue left, in SqlValue right)
    {
        if (left._form == Form.Long && right._form == Form.Long)
        {
            return left._bits.CompareTo(right._bits);
        }

        var order = left.Number.CompareTo(right.Number);
        if (order != 0 || left._form == right._form)
        {
            return order;
        }

        // One is an integer no double holds exactly and rounding made them equal: every such double is a whole number.
        var exact = (Int128)left.Number;
        return left._form == Form.Long ? ((Int128)left._bits).CompareTo(exact) : exact.CompareTo(right._bits);
    }

    private static int CompareItems(ItemEnumerator left, ItemEnumerator right)
    {
        while (left.MoveNext())
        {
            if (!right.MoveNext())
            {
                return 1;
            }

            var order = Compare(left.Current, right.Current);
            if (order != 0)
            {
                return order;
            }
        }

        return right.MoveNext() ? -1 : 0;
    }

    private static bool SameItems(ItemEnumerator left, ItemEnumerator right)
    {
        while (left.MoveNext())
        {
            if (!right.MoveNext() || !left.Current.Equals(right.Current))
            {
                return false;
            }
        }

        return !right.MoveNext();
    }

    private static int CompareMembers(in SqlValue left, in SqlValue right)
    {
        var ours = Sorted(left);
        var theirs = Sorted(right);
        for (var i = 0; i < ours.Count && i < theirs.Count; i++)
        {
            var order = string.CompareOrdinal(ours[i].Name, theirs[i].Name);
            order = order != 0 ? order : Compare(ours[i].Value, theirs[i].Value);
            if (order != 0)
            {
                return order;
            }
        }

        return ours.Count.CompareTo(theirs.Count);
    }

    private static List<SqlField> Sorted(in SqlValue value)
    {
        var members = new List<SqlField>();
        foreach (var member in value.Members)
        {
            members.Add(member);
        }

        members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return members;
    }
}
