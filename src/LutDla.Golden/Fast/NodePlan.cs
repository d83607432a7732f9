using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>One node of the fast form: what is computed once. Plans are shared by threads; what changes is in the tensors and the scratch.</summary>
internal abstract class NodePlan
{
    /// <summary>What one thread needs to run it.</summary>
    public virtual LayerScratch NewScratch() => new();

    /// <summary>How far apart the rows of the result are.</summary>
    public virtual int OutputPitch(ReadOnlySpan<PlaneTensor> inputs, ImageShape output) => output.Width;

    public abstract void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch);

    public static NodePlan For(Node node, TensorFacts[] inputs, EngineVariant variant) => node switch
    {
        LutNode lut => new LayerPlan(lut.Layer, inputs[0], variant),
        ExactNode exact => new ExactPlan(exact.Layer, inputs[0], variant),
        PoolNode pool => new PoolPlan(pool),
        AddNode add => new AddPlan(add, inputs[0], inputs[1]),
        ReluNode => new ReluPlan(),
        FlattenNode => new FlattenPlan(),
        ChannelPadNode pad => new ChannelPadPlan(pad),
        ElementNode element => new ElementPlan(element),
        ProductNode product => new ProductPlan(product),
        ConcatNode concat => new ConcatPlan(concat),
        _ => throw new InvalidOperationException($"The node {node.Name} is of an unknown kind, {node.GetType().Name}."),
    };
}
