using LutDla.Golden.Model;
using LutDla.Networks.Graphs;

namespace LutDla.Training.Formats;

/// <summary>How the format of an operation's result follows from others.</summary>
internal enum ScaleRole
{
    /// <summary>Products with weights: a format of its own.</summary>
    Layer,

    /// <summary>The same codes, in other places: its input's format.</summary>
    PassesOn,

    /// <summary>Means of its input: the sign of its input's format.</summary>
    Averages,

    /// <summary>Its inputs' formats follow from its own.</summary>
    Joins,

    /// <summary>Values of a function or product, which need more bits where others follow.</summary>
    Computes,

    /// <summary>Of a network of tokens, whose formats do not depend on the operations that make them.</summary>
    OfTokens,
}

/// <summary>The role of each kind of operation.</summary>
internal sealed class ScaleRoles : IOperationVisitor<ScaleRole>
{
    private static readonly ScaleRoles Instance = new();

    public static ScaleRole Of(FloatOperation op) => op.Accept(Instance);

    public ScaleRole Visit(MatrixOperation op) => ScaleRole.Layer;

    public ScaleRole Visit(PoolOperation op) => op.Kind == PoolKind.Max ? ScaleRole.PassesOn : ScaleRole.Averages;

    public ScaleRole Visit(AddOperation op) => ScaleRole.Joins;

    public ScaleRole Visit(ChannelPadOperation op) => ScaleRole.PassesOn;

    public ScaleRole Visit(FlattenOperation op) => ScaleRole.PassesOn;

    public ScaleRole Visit(ElementOperation op) => ScaleRole.Computes;

    public ScaleRole Visit(ProductOperation op) => ScaleRole.Computes;

    public ScaleRole Visit(ConcatenationOperation op) => ScaleRole.Joins;

    public ScaleRole Visit(NormOperation op) => ScaleRole.OfTokens;

    public ScaleRole Visit(AttentionOperation op) => ScaleRole.OfTokens;

    public ScaleRole Visit(GatedProductOperation op) => ScaleRole.OfTokens;

    public ScaleRole Visit(GeluOperation op) => ScaleRole.OfTokens;

    public ScaleRole Visit(TokenMeanOperation op) => ScaleRole.OfTokens;
}
