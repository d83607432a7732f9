using System.Collections.Immutable;
using LutDla.Networks.Graphs;
using LutDla.Networks.Onnx.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Networks.Onnx.Translation;

/// <summary>The number itself.</summary>
internal sealed record FunctionInput : ElementFunction
{
    internal override int Length => 1;

    internal override Tensor Of(Tensor x) => x.alias();
}

/// <summary>Always the same number.</summary>
internal sealed record FunctionConstant(float Value) : ElementFunction
{
    internal override int Length => 1;

    internal override Tensor Of(Tensor x)
    {
        using Scalar value = Value;
        return full([], value, dtype: x.dtype);
    }
}

/// <summary>What an operation of an ONNX graph makes of other functions of the same number.</summary>
internal sealed record ImportedFunction(ImportedOperation Operation, ImmutableArray<ElementFunction> Arguments) : ElementFunction
{
    internal override int Length { get; } = 1 + Arguments.Sum(argument => argument.Length);

    internal override Tensor Of(Tensor x) => OperationEvaluator.Apply(Operation, [.. Arguments.Select(argument => argument.Of(x))]);
}

/// <summary>x · gain + offset.</summary>
internal sealed record AffineFunction(float Gain, float Offset) : ElementFunction
{
    internal override int Length => 1;

    internal override Tensor Of(Tensor x)
    {
        using Scalar gain = Gain;
        using Scalar offset = Offset;
        return x * gain + offset;
    }
}
