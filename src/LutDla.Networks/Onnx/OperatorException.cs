namespace LutDla.Networks.Onnx;

/// <summary>A node cannot be imported; the message is the reason. The importer adds which node, and goes on with the next.</summary>
internal sealed class OperatorException(string reason) : Exception(reason);
