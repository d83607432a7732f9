namespace LutDla.Networks.PyTorch;

/// <summary>The values that a pickle has made and not yet used, in sections that marks begin. Only the last section is touched.</summary>
/// <param name="cursor">Knows the place of a fault.</param>
internal sealed class PickleStack(PickleCursor cursor)
{
    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = [];

    public void Push(object? value) => _values.Add(value);

    public void Mark() => _marks.Push(_values.Count);

    public object? Peek() => _values.Count > Floor
        ? _values[^1]
        : throw cursor.Fault("an empty stack", "The opcode needs a value that the pickle has not made.");

    public object? Pop()
    {
        var value = Peek();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>The last <paramref name="count"/> values, the oldest first.</summary>
    public object?[] Pop(int count)
    {
        var values = new object?[count];
        for (var i = count - 1; i >= 0; i--)
            values[i] = Pop();
        return values;
    }

    /// <summary>All values since the last mark, which goes too; the oldest first.</summary>
    public object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw cursor.Fault("no mark", "The opcode needs a mark that the pickle has not set.");
        var values = Pop(_values.Count - Floor);
        _marks.Pop();
        return values;
    }

    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;
}
