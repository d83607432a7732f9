namespace LutDla.Networks.Onnx.Format;

/// <summary>A fault of an ONNX file at a place that the reader knows by <paramref name="key"/>; the caller adds the file.</summary>
internal sealed class OnnxFormatException(string key, string value, string rule) : Exception($"{key} = {value}: {rule}")
{
    public string Key { get; } = key;

    public string Value { get; } = value;

    public string Rule { get; } = rule;
}
