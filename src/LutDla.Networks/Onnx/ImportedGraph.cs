using System.Collections.Immutable;

namespace LutDla.Networks.Onnx;

/// <summary>A network imported from ONNX: every shape is a number, every constant is known, and the operations are few and typed.</summary>
/// <param name="Name">Of the network; may be empty.</param>
/// <param name="Inputs">What must be given for a run.</param>
/// <param name="Outputs">Names of values.</param>
/// <param name="Operations">In topological order; each has one output.</param>
/// <param name="Constants">By name: weights, and what was computed from constants alone.</param>
public sealed record ImportedGraph(
    string Name,
    ImmutableArray<ImportedValue> Inputs,
    ImmutableArray<string> Outputs,
    ImmutableArray<ImportedOperation> Operations,
    ImmutableDictionary<string, ImportedConstant> Constants);

/// <summary>A tensor that flows.</summary>
/// <param name="Shape">No dimensions is a scalar.</param>
/// <param name="IsInteger">64-bit integers; else single precision.</param>
public sealed record ImportedValue(string Name, ImmutableArray<long> Shape, bool IsInteger);
