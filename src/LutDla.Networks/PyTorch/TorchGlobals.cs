namespace LutDla.Networks.PyTorch;

/// <summary>What a pickle may call. Each is done here, by <see cref="TorchObjects"/>.</summary>
internal enum TorchFunction
{
    OrderedDict,
    RebuildTensor,
    RebuildTensorV2,
    RebuildParameter,
}

/// <summary>The names that a pickle may use: they stand for a <see cref="TorchFunction"/> or a <see cref="TorchElementType"/>.</summary>
internal static class TorchGlobals
{
    private static readonly Dictionary<(string Module, string Name), object> Known = new()
    {
        [("collections", "OrderedDict")] = TorchFunction.OrderedDict,
        [("torch._utils", "_rebuild_tensor")] = TorchFunction.RebuildTensor,
        [("torch._utils", "_rebuild_tensor_v2")] = TorchFunction.RebuildTensorV2,
        [("torch._utils", "_rebuild_parameter")] = TorchFunction.RebuildParameter,
        [("torch", "FloatStorage")] = TorchElementType.Single,
        [("torch", "DoubleStorage")] = TorchElementType.Double,
        [("torch", "HalfStorage")] = TorchElementType.Half,
        [("torch", "BFloat16Storage")] = TorchElementType.BFloat16,
        [("torch", "LongStorage")] = TorchElementType.Int64,
        [("torch", "IntStorage")] = TorchElementType.Int32,
        [("torch", "ShortStorage")] = TorchElementType.Int16,
        [("torch", "CharStorage")] = TorchElementType.Int8,
        [("torch", "ByteStorage")] = TorchElementType.UInt8,
        [("torch", "BoolStorage")] = TorchElementType.Bool,
    };

    /// <summary>What a name stands for, or null if it is not allowed.</summary>
    public static object? Find(string module, string name) => Known.GetValueOrDefault((module, name));
}
