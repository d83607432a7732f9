namespace LutDla.Networks.PyTorch;

/// <summary>A fault of a PyTorch file at a place that the reader knows by <paramref name="key"/>; the caller adds the file.</summary>
internal sealed class PyTorchFormatException(string key, string value, string rule) : Exception($"{key} = {value}: {rule}")
{
    public string Key { get; } = key;

    public string Value { get; } = value;

    public string Rule { get; } = rule;
}
