using System.Collections.Immutable;

namespace LutDla.Networks.PyTorch;

/// <summary>A tuple of a pickle. Like all values it is compared by identity only: values may hold themselves.</summary>
internal sealed class PickleTuple(ImmutableArray<object?> items)
{
    public ImmutableArray<object?> Items { get; } = items;
}

/// <summary>A list of a pickle.</summary>
internal sealed class PickleList
{
    public List<object?> Items { get; } = [];
}

/// <summary>A dict or OrderedDict of a pickle, in the order of its file.</summary>
internal sealed class PickleDictionary
{
    private readonly List<(object? Key, object? Value)> _items = [];
    private Dictionary<string, object?>? _byName;

    public IReadOnlyList<(object? Key, object? Value)> Items => _items;

    /// <returns>False if there is an item of this name; keys that are no texts are not compared.</returns>
    public bool TryAdd(object? key, object? value)
    {
        if (key is string name && !(_byName ??= new Dictionary<string, object?>(StringComparer.Ordinal)).TryAdd(name, value))
            return false;
        _items.Add((key, value));
        return true;
    }

    /// <summary>The item called <paramref name="name"/>, or null.</summary>
    public object? Find(string name) => _byName?.GetValueOrDefault(name);
}
