using System.Globalization;
using System.Numerics;

namespace LutDla.Networks.PyTorch;

/// <summary>Values of a pickle in messages.</summary>
internal static class PickleText
{
    /// <summary>Says what a value is without going into it, however deep it is.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        string text => $"'{text}'",
        PickleTuple tuple => $"a tuple of {tuple.Items.Length}",
        PickleList list => $"a list of {list.Items.Count}",
        PickleDictionary dictionary => $"a dictionary of {dictionary.Items.Count}",
        TorchTensor tensor => $"a tensor [{string.Join(", ", tensor.Shape)}]",
        TorchStorage storage => $"storage {storage.Key}",
        TorchElementType type => $"the storage type {type}",
        BigInteger or long or double or bool or TorchFunction => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "No pickle makes this."),
    };
}
