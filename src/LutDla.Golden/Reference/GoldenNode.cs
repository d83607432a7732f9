using LutDla.Golden.Model;
using LutDla.Golden.Tokens;

namespace LutDla.Golden.Reference;

/// <summary>The reference form of one node.</summary>
/// <param name="trace">Called after a LUT layer.</param>
internal sealed class GoldenNode(ImageTensor[] inputs, Action<LutNode, LutLayerTrace>? trace) : INodeVisitor<ImageTensor>
{
    public ImageTensor Visit(LutNode node)
    {
        var result = GoldenLayer.Run(node.Layer, inputs[0]);
        trace?.Invoke(node, result);
        return new ImageTensor(result.OutputShape, result.Outputs);
    }

    public ImageTensor Visit(ExactNode node) => GoldenExact.Run(node.Layer, inputs[0]);

    public ImageTensor Visit(PoolNode node) => GoldenOperations.Pool(node, inputs[0]);

    public ImageTensor Visit(AddNode node) => GoldenOperations.Add(node, inputs[0], inputs[1]);

    public ImageTensor Visit(ReluNode node) => GoldenOperations.Relu(inputs[0]);

    public ImageTensor Visit(FlattenNode node) => GoldenOperations.Flatten(inputs[0]);

    public ImageTensor Visit(ChannelPadNode node) => GoldenOperations.PadChannels(node, inputs[0]);

    public ImageTensor Visit(ElementNode node) => GoldenElements.Apply(node, inputs[0]);

    public ImageTensor Visit(ProductNode node) => GoldenElements.Multiply(node, inputs[0], inputs[1]);

    public ImageTensor Visit(ConcatNode node) => GoldenElements.Concatenate(node, inputs);

    public ImageTensor Visit(NormNode node) => GoldenTokens.Normalise(node, inputs[0]);

    public ImageTensor Visit(AttentionNode node) => GoldenAttention.Run(node.Layer, inputs[0], inputs[1], inputs[2]);

    public ImageTensor Visit(GatedProductNode node) => GoldenTokens.GatedProduct(node, inputs[0], inputs[1]);

    public ImageTensor Visit(GeluNode node) => GoldenTokens.Gelu(node, inputs[0]);

    public ImageTensor Visit(TokenMeanNode node) => GoldenTokens.Mean(node, inputs[0]);
}
