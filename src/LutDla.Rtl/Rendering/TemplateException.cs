namespace LutDla.Rtl.Rendering;

/// <summary>
/// A template that is missing, does not parse, or asks for something its model lacks: a fault of the generator, never of its user.
/// </summary>
public sealed class TemplateException(string message, Exception? inner = null) : Exception(message, inner);
