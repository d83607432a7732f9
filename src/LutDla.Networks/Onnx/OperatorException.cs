namespace LutDla.Networks.Onnx;

/// <summary>A node cannot be imported; the message is the reason. The importer adds which node, and goes on with the next.</summary>
/// <param name="mend">What to do, where that is not to leave the node out.</param>
internal sealed class OperatorException(string reason, string? mend = null) : Exception(reason)
{
    public string? Mend { get; } = mend;
}
