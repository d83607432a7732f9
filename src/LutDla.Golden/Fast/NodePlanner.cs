using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Golden.Tokens;

namespace LutDla.Golden.Fast;

/// <summary>The fast form of a node. <see cref="GoldenEngine"/> refuses networks of tokens, so that those kinds have none.</summary>
internal sealed class NodePlanner(TensorFacts[] inputs, EngineVariant variant) : INodeVisitor<NodePlan>
{
    public NodePlan Visit(LutNode node) => new LayerPlan(node.Layer, inputs[0], variant);

    public NodePlan Visit(ExactNode node) => new ExactPlan(node.Layer, inputs[0], variant);

    public NodePlan Visit(PoolNode node) => new PoolPlan(node);

    public NodePlan Visit(AddNode node) => new AddPlan(node, inputs[0], inputs[1]);

    public NodePlan Visit(ReluNode node) => new ReluPlan();

    public NodePlan Visit(FlattenNode node) => new FlattenPlan();

    public NodePlan Visit(ChannelPadNode node) => new ChannelPadPlan(node);

    public NodePlan Visit(ElementNode node) => new ElementPlan(node);

    public NodePlan Visit(ProductNode node) => new ProductPlan(node);

    public NodePlan Visit(ConcatNode node) => new ConcatPlan(node);

    public NodePlan Visit(NormNode node) => throw OfTokens(node);

    public NodePlan Visit(AttentionNode node) => throw OfTokens(node);

    public NodePlan Visit(GatedProductNode node) => throw OfTokens(node);

    public NodePlan Visit(GeluNode node) => throw OfTokens(node);

    public NodePlan Visit(TokenMeanNode node) => throw OfTokens(node);

    private static NotSupportedException OfTokens(Node node) => new($"{node.Name} is of a network of tokens, which has no fast form.");
}
