using System.Collections.Immutable;

namespace LutDla.Networks.PyTorch;

/// <summary>Makes what a pickle asks for by name: dictionaries, storages and tensors. No weights are read.</summary>
/// <param name="cursor">Knows the place of a fault.</param>
/// <param name="fileBytes">No storage has more.</param>
internal sealed class TorchObjects(PickleCursor cursor, long fileBytes)
{
    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);

    private long _pairs;

    /// <summary>All that the pickle has named so far, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    /// <summary>What a name stands for.</summary>
    public object Global(string module, string name) => TorchGlobals.Find(module, name) ?? throw cursor.Fault(
        $"{module}.{name}", "A weight file may name tensors, their storages and OrderedDict, and nothing else. Nothing was run.");

    /// <summary>The result of calling <paramref name="function"/> with <paramref name="arguments"/>.</summary>
    public object Call(object? function, object? arguments) => (function, (arguments as PickleTuple)?.Items) switch
    {
        (TorchFunction.OrderedDict, []) => new PickleDictionary(),
        (TorchFunction.OrderedDict, [PickleList pairs]) => Dictionary(pairs),
        (TorchFunction.RebuildTensor, [TorchStorage storage, long offset, PickleTuple shape, PickleTuple strides]) =>
            Tensor(storage, offset, shape, strides),

        // Whether it needs gradients and what hooks it has does not change its values; what is said after that can.
        (TorchFunction.RebuildTensorV2, [TorchStorage storage, long offset, PickleTuple shape, PickleTuple strides, _, _, .. var more])
            when more is [] or [null or PickleDictionary { Items: [] }] => Tensor(storage, offset, shape, strides),
        (TorchFunction.RebuildParameter, [TorchTensor tensor, _, _]) => tensor,
        _ => throw cursor.Fault(
            $"{PickleText.Describe(function)} called with {PickleText.Describe(arguments)}", "torch.save does not write such a call."),
    };

    /// <summary>The storage that a persistent id names: ("storage", type, key, device, elements), and None in the legacy form.</summary>
    public TorchStorage Storage(object? id)
    {
        if ((id as PickleTuple)?.Items is not ["storage", TorchElementType type, string key, _, long count, .. [] or [null]])
            throw cursor.Fault(PickleText.Describe(id), "It must name a storage: its type, key, device and number of elements.");
        if (count < 0 || count > fileBytes / type.Bytes())
            throw cursor.Fault($"a storage of {count} elements", $"The file has {fileBytes} bytes.");
        if (!_storages.TryGetValue(key, out var storage))
            return _storages[key] = new TorchStorage(key, type, count);
        return storage.Type == type && storage.Count == count
            ? storage
            : throw cursor.Fault($"storage {key} of {count} {type}", $"Before, it had {storage.Count} {storage.Type}.");
    }

    // Python 2 hands the items of an OrderedDict over as a list of pairs.
    private PickleDictionary Dictionary(PickleList pairs)
    {
        // The same list may be handed over again and again, for three bytes each time.
        _pairs += pairs.Items.Count;
        if (_pairs > PyTorchLimits.Opcodes)
            throw cursor.Fault($"{_pairs} pairs", $"All dictionaries together may be made of at most {PyTorchLimits.Opcodes} pairs.");
        var dictionary = new PickleDictionary();
        foreach (var pair in pairs.Items)
        {
            if (pair is not PickleList { Items: [var key, var value] })
                throw cursor.Fault(PickleText.Describe(pair), "An OrderedDict is made of pairs.");
            if (!dictionary.TryAdd(key, value))
                throw cursor.Fault(PickleText.Describe(key), "Names must be unique.");
        }

        return dictionary;
    }

    private TorchTensor Tensor(TorchStorage storage, long offset, PickleTuple shape, PickleTuple strides) =>
        new(storage, offset, Integers(shape), Integers(strides));

    private ImmutableArray<long> Integers(PickleTuple tuple)
    {
        if (tuple.Items.Length > PyTorchLimits.Rank)
            throw cursor.Fault($"{tuple.Items.Length} dimensions", $"A tensor may have at most {PyTorchLimits.Rank} dimensions.");
        return tuple.Items.All(item => item is long)
            ? [.. tuple.Items.Cast<long>()]
            : throw cursor.Fault("a shape or strides", "They must be whole numbers of 64 bits.");
    }
}
