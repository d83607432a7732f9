namespace LutDla.Networks.PyTorch;

/// <summary>Finds the state dict, the tensors of a network by name, in what was saved.</summary>
internal static class StateDict
{
    private const string ParallelPrefix = "module.";

    // The first that is there is taken.
    private static readonly string[] Places = ["state_dict", "model_state_dict", "model"];

    /// <summary>In file order, without the prefix <c>module.</c> that torch.nn.DataParallel puts before all names.</summary>
    /// <exception cref="PyTorchFormatException">There is none, or it holds something that is no tensor.</exception>
    public static IReadOnlyList<(string Name, TorchTensor Tensor)> Find(object? root)
    {
        if (root is not PickleDictionary dictionary)
            throw new PyTorchFormatException("object", PickleText.Describe(root), "It must be a state dict, or a dictionary with one.");
        var states = Places.Select(dictionary.Find).OfType<PickleDictionary>().FirstOrDefault(dictionary);
        if (states.Items.Count == 0)
            throw new PyTorchFormatException("state dict", "empty", "It must hold the tensors of a network.");
        (string Name, TorchTensor Tensor)[] tensors = [.. states.Items.Select(item => Entry(item.Key, item.Value))];
        return tensors.All(entry => entry.Name.StartsWith(ParallelPrefix, StringComparison.Ordinal))
            ? [.. tensors.Select(entry => (entry.Name[ParallelPrefix.Length..], entry.Tensor))]
            : tensors;
    }

    private static (string Name, TorchTensor Tensor) Entry(object? key, object? value)
    {
        if (key is not string name)
            throw new PyTorchFormatException("name", PickleText.Describe(key), "Names of a state dict must be texts.");
        return value is TorchTensor tensor
            ? (name, tensor)
            : throw new PyTorchFormatException(name, PickleText.Describe(value), "A state dict must hold nothing but tensors.");
    }
}
