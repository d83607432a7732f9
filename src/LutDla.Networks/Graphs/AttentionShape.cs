namespace LutDla.Networks.Graphs;

/// <summary>
/// The shape of an attention: channels of queries and results are [Heads, HeadChannels], of keys and values [KeyHeads, HeadChannels].
/// </summary>
/// <param name="KeyHeads">Divides <paramref name="Heads"/>; neighbouring query heads share one.</param>
/// <param name="IsCausal">Whether a token sees only itself and those before it.</param>
internal sealed record AttentionShape(int Heads, int KeyHeads, int HeadChannels, bool IsCausal)
{
    public int Channels => Heads * HeadChannels;

    public int KeyChannels => KeyHeads * HeadChannels;

    /// <summary>The head of keys and values that a query head reads.</summary>
    public int KeyHead(int head) => head / (Heads / KeyHeads);

    /// <summary>How many tokens the token at <paramref name="position"/> of a sequence of <paramref name="length"/> sees.</summary>
    public int Seen(int position, int length) => IsCausal ? position + 1 : length;
}
