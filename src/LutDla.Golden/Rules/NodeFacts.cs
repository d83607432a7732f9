using LutDla.Golden.Model;
using LutDla.Golden.Tokens;

namespace LutDla.Golden.Rules;

/// <summary>
/// Checks a node by the rules of its kind, and says what follows for the shape and range of its result: null if an unknown input or a
/// problem leaves it open.
/// </summary>
/// <param name="inputs">As many as the node takes; null where unknown.</param>
internal sealed class NodeFacts(TensorFacts?[] inputs, ProblemList problems) : INodeVisitor<TensorFacts?>
{
    public TensorFacts? Visit(LutNode node) => LayerRules.Facts(node.Name, node.Layer, inputs[0], problems);

    public TensorFacts? Visit(ExactNode node) => ExactRules.Facts(node.Name, node.Layer, inputs[0], problems);

    public TensorFacts? Visit(PoolNode node) => NodeRules.Pool(node, inputs[0], problems);

    public TensorFacts? Visit(AddNode node) => NodeRules.Add(node, inputs[0], inputs[1], problems);

    public TensorFacts? Visit(ReluNode node) =>
        inputs[0] is { } x ? x with { Minimum = Math.Max(x.Minimum, 0), Maximum = Math.Max(x.Maximum, 0) } : null;

    public TensorFacts? Visit(FlattenNode node) => NodeRules.Flatten(node.Name, inputs[0], problems);

    public TensorFacts? Visit(ChannelPadNode node) => NodeRules.PadChannels(node, inputs[0], problems);

    public TensorFacts? Visit(ElementNode node) => ElementRules.Element(node, inputs[0], problems);

    public TensorFacts? Visit(ProductNode node) => ElementRules.Product(node, inputs, problems);

    public TensorFacts? Visit(ConcatNode node) => ElementRules.Concat(node, inputs, problems);

    public TensorFacts? Visit(NormNode node) => TokenRules.Norm(node, inputs[0], problems);

    public TensorFacts? Visit(AttentionNode node) => TokenRules.Attention(node, inputs, problems);

    public TensorFacts? Visit(GatedProductNode node) => TokenRules.GatedProduct(node, inputs, problems);

    public TensorFacts? Visit(GeluNode node) => TokenRules.Gelu(node, inputs[0], problems);

    public TensorFacts? Visit(TokenMeanNode node) => TokenRules.Mean(node, inputs[0], problems);
}
