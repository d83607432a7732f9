namespace LutDla.Networks.Data;

/// <summary>How training examples are varied.</summary>
/// <param name="ShiftPixels">Largest shift in each direction; what moves in is black.</param>
/// <param name="Mirror">Whether half of the images are mirrored left to right.</param>
public sealed record Augmentation(int ShiftPixels, bool Mirror)
{
    /// <summary>Share of the tokens of a text that are hidden: they become the token of unknown words.</summary>
    public double HiddenShare { get; init; }

    /// <summary>Examples as they are.</summary>
    public static Augmentation None { get; } = new(0, false);

    internal Move Draw(Random random) => new(
        random.Next(-ShiftPixels, ShiftPixels + 1), random.Next(-ShiftPixels, ShiftPixels + 1), Mirror && random.Next(2) == 1);
}

/// <summary>What is done to one image.</summary>
internal readonly record struct Move(int Rows, int Columns, bool Mirrored)
{
    /// <summary>Writes the moved image; both spans are [Height, Width, Channels].</summary>
    public void Apply(Dataset data, ReadOnlySpan<byte> source, Span<byte> target)
    {
        target.Clear();
        for (var y = Math.Max(0, Rows); y < Math.Min(data.Height, data.Height + Rows); y++)
        {
            for (var x = Math.Max(0, Columns); x < Math.Min(data.Width, data.Width + Columns); x++)
            {
                var column = Mirrored ? data.Width - 1 - (x - Columns) : x - Columns;
                var from = ((y - Rows) * data.Width + column) * data.Channels;
                source.Slice(from, data.Channels).CopyTo(target[((y * data.Width + x) * data.Channels)..]);
            }
        }
    }
}
