using TorchSharp;

namespace LutDla.Networks.Runtime;

/// <summary>
/// Scalars that stay alive. TorchSharp 0.107 hands a scalar's memory to libtorch without keeping the object alive, so that the collector
/// may free a temporary during the call; even <c>a + b</c> makes one. Training met it after some ten thousand steps, as "Expected false to
/// be true".
/// </summary>
internal static class HeldScalars
{
    public static readonly Scalar One = 1;

    public static readonly Scalar MinusOne = -1;
}
