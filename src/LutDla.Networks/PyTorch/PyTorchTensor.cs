using System.Collections.Immutable;

namespace LutDla.Networks.PyTorch;

/// <summary>A tensor of a state dict, in single precision whatever type the file stores.</summary>
/// <param name="Name">Unique within the file, such as <c>layer1.0.conv1.weight</c>.</param>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Values">Row-major, without gaps, however the file arranges them.</param>
public sealed record PyTorchTensor(string Name, ImmutableArray<long> Shape, float[] Values);
