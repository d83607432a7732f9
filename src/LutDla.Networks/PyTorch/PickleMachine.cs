namespace LutDla.Networks.PyTorch;

/// <summary>
/// Runs a pickle in the subset that torch.save writes. Values are null, bool, long, BigInteger, double, string, <see cref="PickleTuple"/>,
/// <see cref="PickleList"/>, <see cref="PickleDictionary"/> and what <see cref="TorchObjects"/> makes. Nothing recurses, however deep
/// values are.
/// </summary>
internal sealed class PickleMachine
{
    private const int FirstProtocol = 2;
    private const int LastProtocol = 5;

    private readonly PickleCursor _cursor;
    private readonly TorchObjects _objects;
    private readonly PickleStack _stack;
    private readonly Dictionary<long, object?> _memo = [];

    private PickleMachine(PickleCursor cursor, TorchObjects objects) =>
        (_cursor, _objects, _stack) = (cursor, objects, new PickleStack(cursor));

    /// <summary>The value that the pickle makes; the stream then stands behind it.</summary>
    /// <exception cref="PyTorchFormatException">The pickle is cut, too long, or does what torch.save does not.</exception>
    public static object? Run(PickleCursor cursor, TorchObjects objects) => new PickleMachine(cursor, objects).Run();

    private object? Run()
    {
        for (var count = 0; count < PyTorchLimits.Opcodes; count++)
        {
            var opcode = _cursor.Opcode();
            if (opcode == PickleOpcode.Stop)
                return _stack.Pop();
            Step(opcode);
        }

        throw _cursor.Fault($"more than {PyTorchLimits.Opcodes} opcodes", "A weight file needs about 25 for a tensor.");
    }

    private void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto: CheckProtocol(_cursor.Byte()); break;
            case PickleOpcode.Frame: CheckFrame(_cursor.UInt64()); break;
            case PickleOpcode.Mark: _stack.Mark(); break;
            case PickleOpcode.BinPut: _memo[_cursor.Byte()] = _stack.Peek(); break;
            case PickleOpcode.LongBinPut: _memo[_cursor.UInt32()] = _stack.Peek(); break;
            case PickleOpcode.Memoize: _memo[_memo.Count] = _stack.Peek(); break;
            case PickleOpcode.Append: Append(_stack.Pop(1)); break;
            case PickleOpcode.Appends: Append(_stack.PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(_stack.Pop(2)); break;
            case PickleOpcode.SetItems: SetItems(_stack.PopToMark()); break;
            case PickleOpcode.Build: Build(); break;
            default: _stack.Push(Value(opcode)); break;
        }
    }

    private object? Value(PickleOpcode opcode) => opcode switch
    {
        PickleOpcode.None => null,
        PickleOpcode.NewTrue => true,
        PickleOpcode.NewFalse => false,
        PickleOpcode.BinInt1 => (long)_cursor.Byte(),
        PickleOpcode.BinInt2 => _cursor.UInt16(),
        PickleOpcode.BinInt => _cursor.Int32(),
        PickleOpcode.Long1 => _cursor.Integer(_cursor.Byte()),
        PickleOpcode.BinFloat => _cursor.Double(),
        PickleOpcode.ShortBinString or PickleOpcode.ShortBinUnicode => _cursor.Text(_cursor.Byte()),
        PickleOpcode.BinString => _cursor.Text(_cursor.Int32()),
        PickleOpcode.BinUnicode => _cursor.Text(_cursor.UInt32()),
        PickleOpcode.EmptyList => new PickleList(),
        PickleOpcode.EmptyDict => new PickleDictionary(),
        PickleOpcode.EmptyTuple => new PickleTuple([]),
        PickleOpcode.Tuple1 => new PickleTuple([.. _stack.Pop(1)]),
        PickleOpcode.Tuple2 => new PickleTuple([.. _stack.Pop(2)]),
        PickleOpcode.Tuple3 => new PickleTuple([.. _stack.Pop(3)]),
        PickleOpcode.Tuple => new PickleTuple([.. _stack.PopToMark()]),
        PickleOpcode.BinGet => Recall(_cursor.Byte()),
        PickleOpcode.LongBinGet => Recall(_cursor.UInt32()),
        PickleOpcode.BinPersid => _objects.Storage(_stack.Pop()),
        PickleOpcode.Global => _objects.Global(_cursor.Line(), _cursor.Line()),
        PickleOpcode.StackGlobal => StackGlobal(),
        PickleOpcode.Reduce => Call(),
        _ => throw _cursor.Fault($"opcode 0x{(byte)opcode:X2}", "Files of weights do without this opcode. Nothing was run."),
    };

    private void CheckProtocol(byte protocol)
    {
        if (protocol is < FirstProtocol or > LastProtocol)
            throw _cursor.Fault($"pickle protocol {protocol}", $"It must be {FirstProtocol} to {LastProtocol}.");
    }

    // Frames help readers that fetch ahead; this one does not.
    private void CheckFrame(ulong bytes)
    {
        if (bytes > (ulong)_cursor.Left)
            throw _cursor.Fault($"a frame of {bytes} bytes", $"{_cursor.Left} bytes are left.");
    }

    private object? Recall(long index) => _memo.TryGetValue(index, out var value)
        ? value
        : throw _cursor.Fault($"memo {index}", "The pickle must put a value there before it gets it.");

    private void Append(object?[] values)
    {
        if (_stack.Peek() is not PickleList list)
            throw _cursor.Fault(PickleText.Describe(_stack.Peek()), "Only a list can be appended to.");
        list.Items.AddRange(values);
    }

    private void SetItems(object?[] values)
    {
        if (_stack.Peek() is not PickleDictionary dictionary || values.Length % 2 != 0)
            throw _cursor.Fault($"{values.Length} values for {PickleText.Describe(_stack.Peek())}", "Pairs are set in a dictionary.");
        for (var i = 0; i < values.Length; i += 2)
        {
            if (!dictionary.TryAdd(values[i], values[i + 1]))
                throw _cursor.Fault(PickleText.Describe(values[i]), "Names must be unique.");
        }
    }

    // The attributes of a state dict say which versions of modules wrote it, and nothing about values.
    private void Build()
    {
        _stack.Pop();
        if (_stack.Peek() is not PickleDictionary)
            throw _cursor.Fault(PickleText.Describe(_stack.Peek()), "Only a dictionary can be given attributes.");
    }

    private object StackGlobal() => _stack.Pop(2) is [string module, string name]
        ? _objects.Global(module, name)
        : throw _cursor.Fault("a name that is no text", "A global is named by two texts.");

    private object Call()
    {
        var arguments = _stack.Pop();
        return _objects.Call(_stack.Pop(), arguments);
    }
}
