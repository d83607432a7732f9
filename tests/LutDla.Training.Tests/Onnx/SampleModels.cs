namespace LutDla.Training.Tests.Onnx;

/// <summary>Small models as exporters write them; the input is x, the output y.</summary>
internal static class SampleModels
{
    public static byte[] Of(string name) => name switch
    {
        "convolutions" => Convolutions(),
        "attention" => Attention(),
        "old" => Old(),
        "new" => New(),
        _ => throw new ArgumentException($"There is no model {name}.", nameof(name)),
    };

    // Automatic and uneven padding, groups, live normalisation, pooling that rounds up.
    private static byte[] Convolutions() => new ModelBuilder(13).Input("x", "N", 4, 15, 13).Output("y")
        .Weights("w1", 8, 4, 3, 3).Node("Conv", "x w1", "c1", ("auto_pad", "SAME_UPPER"), ("strides", new[] { 2, 2 }))
        .Positive("scale", 8).Weights("shift", 8).Weights("mean", 8).Positive("variance", 8)
        .Node("BatchNormalization", "c1 scale shift mean variance", "n1", ("epsilon", 1e-3f))
        .Node("LeakyRelu", "n1", "r1", ("alpha", 0.1f))
        .Weights("w2", 8, 4, 3, 3).Weights("b2", 8).Node("Conv", "r1 w2 b2", "c2", ("group", 2), ("pads", new[] { 1, 0, 0, 1 }))
        .Node("BatchNormalization", "c2 scale shift mean variance", "n2")
        .Number("low", -0.5f).Number("high", 2f).Node("Clip", "n2 low high", "k2")
        .Weights("w3", 8, 1, 2, 2).Node("Conv", "k2 w3", "c3", ("group", 8), ("dilations", new[] { 2, 1 }), ("pads", new[] { 1, 1, 1, 1 }))
        .Node("MaxPool", "c3", "p3", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }), ("ceil_mode", 1))
        .Node("AveragePool", "p3", "p4", ("kernel_shape", new[] { 2, 3 }), ("auto_pad", "SAME_LOWER"), ("count_include_pad", 1))
        .Node("Relu", "p4", "r4").Node("Flatten", "r4", "f")
        .Weights("w5", 10, 128).Weights("b5", 10).Node("Gemm", "f w5 b5", "y", ("transB", 1), ("alpha", 0.5f))
        .ToArray();

    // A transformer block as PyTorch spells it: shapes computed from the input, normalisation and Gelu by hand.
    private static byte[] Attention() => new ModelBuilder(13).Input("x", "N", 6, 16).Output("y")
        .Node("ReduceMean", "x", "m", ("axes", new[] { -1 })).Node("Sub", "x m", "d").Number("two", 2).Node("Pow", "d two", "d2")
        .Node("ReduceMean", "d2", "v", ("axes", new[] { -1 })).Number("eps", 1e-5f).Node("Add", "v eps", "ve").Node("Sqrt", "ve", "s")
        .Node("Div", "d s", "q0").Weights("g", 16).Node("Mul", "q0 g", "q1").Weights("h", 16).Node("Add", "q1 h", "norm")
        .Weights("wq", 16, 16).Node("MatMul", "norm wq", "q").Weights("wk", 16, 16).Node("MatMul", "norm wk", "k")
        .Weights("wv", 16, 16).Weights("bv", 16).Node("MatMul", "norm wv", "v0").Node("Add", "bv v0", "vv")
        .Node("Shape", "x", "shape").Integer("zero", 0).Node("Gather", "shape zero", "batch").Integers("axis", 0)
        .Node("Unsqueeze", "batch axis", "batch1").Integers("heads", -1, 2, 8).Node("Concat", "batch1 heads", "split", ("axis", 0))
        .Node("Reshape", "q split", "qs").Node("Transpose", "qs", "qh", ("perm", new[] { 0, 2, 1, 3 }))
        .Node("Reshape", "k split", "ks").Node("Transpose", "ks", "kh", ("perm", new[] { 0, 2, 3, 1 }))
        .Node("Reshape", "vv split", "vs").Node("Transpose", "vs", "vh", ("perm", new[] { 0, 2, 1, 3 }))
        .Node("MatMul", "qh kh", "scores").Number("root", 2.828427f).Node("Div", "scores root", "scaled")
            .Node("Softmax", "scaled", "p", ("axis", -1))
        .Node("MatMul", "p vh", "o").Node("Transpose", "o", "ot", ("perm", new[] { 0, 2, 1, 3 }))
        .Node("Reshape", "ot shape", "or").Node("Add", "x or", "r")
        .Weights("w1", 16, 24).Node("MatMul", "r w1", "f0").Weights("b1", 24).Node("Add", "f0 b1", "f")
        .Number("r2", 1.4142135f).Node("Div", "f r2", "fd").Node("Erf", "fd", "e").Number("one", 1).Node("Add", "e one", "e1")
        .Node("Mul", "f e1", "fe").Number("half", 0.5f).Node("Mul", "fe half", "gelu")
        .Weights("w2", 24, 16).Node("MatMul", "gelu w2", "f2").Node("Add", "r f2", "y")
        .ToArray();

    // Bounds, axes and cuts as attributes; Softmax over everything after the axis.
    private static byte[] Old() => new ModelBuilder(7).Input("x", 2, 1, 6, 8).Output("y")
        .Node("Dropout", "x", "a", ("ratio", 0.3f)).Node("Clip", "a", "b", ("min", -0.5f), ("max", 0.75f))
        .Node("Squeeze", "b", "c", ("axes", new[] { 1 }))
            .Node("Slice", "c", "d", ("starts", new[] { 1, -3 }), ("ends", new[] { 100, -1 }), ("axes", new[] { 1, 2 }))
        .Node("Softmax", "d", "e").Node("Unsqueeze", "e", "f", ("axes", new[] { 0, 4 }))
            .Node("ReduceMean", "f", "g", ("axes", new[] { 2 }), ("keepdims", 0))
        .Node("Concat", "g g", "h", ("axis", -1)).Node("Identity", "h", "i").Node("Exp", "i", "y")
        .ToArray();

    // Axes as inputs, normalisation and Gelu as operators, backward cuts.
    private static byte[] New() => new ModelBuilder(20).Input("x", "N", 5, 12).Output("y")
        .Positive("scale", 12).Weights("bias", 12).Node("LayerNormalization", "x scale bias", "a", ("axis", -1), ("epsilon", 1e-3f))
        .Node("Gelu", "a", "b").Node("Gelu", "b", "c", ("approximate", "tanh"))
        .Integers("from", -1).Integers("to", -100).Integers("axes", 1).Integers("steps", -2).Node("Slice", "c from to axes steps", "d")
        .Node("ReduceMean", "d axes", "e", ("keepdims", 0)).Node("Sigmoid", "e", "f").Node("Tanh", "f", "g")
        .Number("three", 3).Node("Pow", "g three", "g3").Number("cubic", 0.044715f).Node("Mul", "g3 cubic", "gk").Node("Add", "g gk", "gs")
        .Number("scale2", 0.7978846f).Node("Mul", "gs scale2", "gt").Node("Tanh", "gt", "gf").Number("one", 1).Node("Add", "gf one", "gg")
        .Number("half", 0.5f).Node("Mul", "g half", "gh").Node("Mul", "gh gg", "gelu").Weights("w", 12).Node("MatMul", "gelu w", "y")
        .ToArray();
}
