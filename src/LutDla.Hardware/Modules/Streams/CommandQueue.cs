namespace LutDla.Hardware.Modules.Streams;

/// <summary>The part of a tile command that one consumer keeps: the home of an internal command's width and order.</summary>
/// <param name="Fields">The first one lowest.</param>
public sealed record CommandQueue(IReadOnlyList<StreamField> Fields)
{
    /// <summary>Tiles that may wait at a consumer.</summary>
    public const int Depth = 2;

    public StreamFifo Fifo => new(Fields.Sum(f => f.TotalBits), Depth);
}
