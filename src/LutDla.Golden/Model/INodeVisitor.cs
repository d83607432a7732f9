using LutDla.Golden.Tokens;

namespace LutDla.Golden.Model;

/// <summary>What is done with a node, by its kind.</summary>
/// <typeparam name="T">What comes of it.</typeparam>
public interface INodeVisitor<out T>
{
    T Visit(LutNode node);

    T Visit(ExactNode node);

    T Visit(PoolNode node);

    T Visit(AddNode node);

    T Visit(ReluNode node);

    T Visit(FlattenNode node);

    T Visit(ChannelPadNode node);

    T Visit(ElementNode node);

    T Visit(ProductNode node);

    T Visit(ConcatNode node);

    T Visit(NormNode node);

    T Visit(AttentionNode node);

    T Visit(GatedProductNode node);

    T Visit(GeluNode node);

    T Visit(TokenMeanNode node);
}
