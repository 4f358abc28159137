using System.Text;

namespace Geode.Backplane.Query.Values;

/// <content>The parts of arrays and objects.</content>
public readonly partial struct SqlValue
{
    /// <summary>The items of an array; none for anything else.</summary>
    public ItemEnumerator Items => new(this);

    /// <summary>The members of an object in the order they are written; none for anything else.</summary>
    public MemberEnumerator Members => new(this);

    /// <summary>The number of items or members.</summary>
    public int Count
    {
        get
        {
            if (_reference is Array built && _form is Form.Array or Form.Object)
            {
                return built.Length;
            }

            var count = 0;
            var items = Items;
            while (items.MoveNext())
            {
                count++;
            }

            var members = Members;
            while (members.MoveNext())
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>A property of an object, else undefined.</summary>
    public SqlValue this[PropertyName name] => _form switch
    {
        Form.JsonObject => FindInJson((byte[])_reference!, (int)_bits, name),
        Form.Object => FindBuilt((SqlField[])_reference!, name.Text),
        _ => Undefined,
    };

    /// <summary>An item of an array, else undefined.</summary>
    public SqlValue this[long index]
    {
        get
        {
            if (_form == Form.Array)
            {
                var built = (SqlValue[])_reference!;
                return index >= 0 && index < built.Length ? built[index] : Undefined;
            }

            foreach (var item in Items)
            {
                if (index-- == 0)
                {
                    return item;
                }
            }

            return Undefined;
        }
    }

    /// <summary>The array's items as an array of their own.</summary>
    public SqlValue[] ToItems()
    {
        if (_form == Form.Array)
        {
            return (SqlValue[])_reference!;
        }

        var items = new List<SqlValue>();
        foreach (var item in Items)
        {
            items.Add(item);
        }

        return [.. items];
    }

    /// <summary>The JSON of an array or an object that is part of a document.</summary>
    internal bool TryGetJson(out ReadOnlySpan<byte> json)
    {
        if (_form is not (Form.JsonArray or Form.JsonObject))
        {
            json = default;
            return false;
        }

        ReadOnlySpan<byte> buffer = (byte[])_reference!;
        json = buffer[(int)_bits..JsonText.SkipValue(buffer, (int)_bits)];
        return true;
    }

    private static SqlValue FindBuilt(SqlField[] members, string name)
    {
        foreach (var member in members)
        {
            if (member.Name == name)
            {
                return member.Value;
            }
        }

        return Undefined;
    }

    private static SqlValue FindInJson(byte[] buffer, int start, PropertyName name)
    {
        ReadOnlySpan<byte> json = buffer;
        ReadOnlySpan<byte> wanted = name.Utf8;
        var at = JsonText.SkipSpace(json, start + 1);
        while (json[at] != (byte)'}')
        {
            var end = JsonText.SkipString(json, at, out var escaped);
            var written = json[(at + 1)..(end - 1)];
            var value = JsonText.SkipSpace(json, JsonText.SkipSpace(json, end) + 1);
            if (escaped ? JsonEscapes.Decode(written) == name.Text : written.SequenceEqual(wanted))
            {
                return Read(buffer, value);
            }

            at = JsonText.SkipSpace(json, JsonText.SkipValue(json, value));
            if (json[at] == (byte)',')
            {
                at = JsonText.SkipSpace(json, at + 1);
            }
        }

        return Undefined;
    }

    /// <summary>Walks an array.</summary>
    public struct ItemEnumerator
    {
        private readonly SqlValue _array;
        private int _next;

        internal ItemEnumerator(in SqlValue array)
        {
            _array = array;
            _next = array._form == Form.JsonArray ? JsonText.SkipSpace((byte[])array._reference!, (int)array._bits + 1) : 0;
        }

        public SqlValue Current { get; private set; }

        public readonly ItemEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_array._form == Form.Array)
            {
                var built = (SqlValue[])_array._reference!;
                if (_next >= built.Length)
                {
                    return false;
                }

                Current = built[_next++];
                return true;
            }

            if (_array._form != Form.JsonArray)
            {
                return false;
            }

            var buffer = (byte[])_array._reference!;
            if (buffer[_next] == (byte)']')
            {
                return false;
            }

            Current = Read(buffer, _next);
            _next = JsonText.SkipSpace(buffer, JsonText.SkipValue(buffer, _next));
            if (buffer[_next] == (byte)',')
            {
                _next = JsonText.SkipSpace(buffer, _next + 1);
            }

            return true;
        }
    }

    /// <summary>Walks an object.</summary>
    public struct MemberEnumerator
    {
        private readonly SqlValue _object;
        private int _next;

        internal MemberEnumerator(in SqlValue @object)
        {
            _object = @object;
            _next = @object._form == Form.JsonObject ? JsonText.SkipSpace((byte[])@object._reference!, (int)@object._bits + 1) : 0;
        }

        public SqlField Current { get; private set; }

        public readonly MemberEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_object._form == Form.Object)
            {
                var built = (SqlField[])_object._reference!;
                if (_next >= built.Length)
                {
                    return false;
                }

                Current = built[_next++];
                return true;
            }

            if (_object._form != Form.JsonObject)
            {
                return false;
            }

            var buffer = (byte[])_object._reference!;
            if (buffer[_next] == (byte)'}')
            {
                return false;
            }

            var end = JsonText.SkipString(buffer, _next, out var escaped);
            var written = buffer.AsSpan(_next + 1, end - _next - 2);
            var value = JsonText.SkipSpace(buffer, JsonText.SkipSpace(buffer, end) + 1);
            Current = new SqlField(escaped ? JsonEscapes.Decode(written) : Encoding.UTF8.GetString(written), Read(buffer, value));
            _next = JsonText.SkipSpace(buffer, JsonText.SkipValue(buffer, value));
            if (buffer[_next] == (byte)',')
            {
                _next = JsonText.SkipSpace(buffer, _next + 1);
            }

            return true;
        }
    }
}
