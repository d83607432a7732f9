using LutDla.Networks.Data;
using LutDla.Networks.Graphs;
using LutDla.Networks.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Networks.Execution;

/// <summary>
/// Sequences as a causal float network itself writes them, to convert it with where few are at hand: token by token, drawn with its
/// probabilities, each beginning with the first tokens of a given one.
/// </summary>
/// <remarks>Z. Liu et al., LLM-QAT, arXiv 2305.17888, do so for want of training data.</remarks>
internal sealed class SequenceGenerator
{
    /// <summary>Sequences that are written side by side, where their caches fit.</summary>
    private const int LargestBatch = 64;

    private const long CacheBytes = 1L << 30;

    /// <summary>Tokens taken from a given sequence are one to as many: enough for other subjects, too few to know it by heart.</summary>
    private const int LongestBeginning = 16;

    private readonly FloatNetwork _network;

    private readonly TokenData _given;

    private readonly Dictionary<string, Cache> _caches = [];

    private SequenceGenerator(FloatNetwork network, TokenData given) => (_network, _given) = (network, given);

    // Of an attention: turned keys and values [sequences, heads, positions, channels] of all tokens so far.
    private sealed record Cache(Tensor Keys, Tensor Values, double[] Rotation);

    /// <summary>
    /// <paramref name="given"/>, and <paramref name="count"/> more. Same seed, network, number of threads and machine: same sequences.
    /// </summary>
    /// <param name="given">
    /// Without labels. A token that they all begin with, and that occurs nowhere else, also ends new ones; none becomes longer than the
    /// longest of these.
    /// </param>
    /// <param name="progress">Called with how many are written.</param>
    public static TokenData Extend(
        FloatNetwork network, TokenData given, int count, int seed, Action<int>? progress, CancellationToken cancellation)
    {
        var random = new Random(seed);
        using var generator = new Generator((ulong)seed);
        var (tokens, starts) = (new List<int>(given.Tokens), new List<int>(given.Starts));
        var cached = network.Graph.Operations.OfType<AttentionOperation>()
            .Sum(op => 2L * sizeof(float) * op.KeyHeads * op.HeadChannels * given.Longest);
        var batch = (int)Math.Clamp(CacheBytes / Math.Max(1, cached), 1, LargestBatch);
        for (var done = 0; done < count; done += batch)
        {
            foreach (var sequence in new SequenceGenerator(network, given).Write(
                Math.Min(batch, count - done), random, generator, cancellation))
            {
                tokens.AddRange(sequence);
                starts.Add(tokens.Count);
            }

            progress?.Invoke(Math.Min(count, done + batch));
        }

        return given with { Tokens = [.. tokens], Starts = [.. starts] };
    }

    private List<int>[] Write(int count, Random random, Generator generator, CancellationToken cancellation)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        List<int>[] sequences = [.. Enumerable.Range(0, count).Select(_ => Beginning(random))];
        int[] beginnings = [.. sequences.Select(sequence => sequence.Count)];
        var (longest, end) = (_given.Longest, End());
        var isOver = new bool[count];
        foreach (var op in _network.Graph.Operations.OfType<AttentionOperation>()) _caches[op.Name] = NewCache(op, count);
        for (var position = 0; position < longest - 1 && isOver.Contains(false); position++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var logits = Logits([.. sequences.Select(sequence => (long)sequence[Math.Min(position, sequence.Count - 1)])], position);
            // What has just begun does not end.
            if (position == 0 && end >= 0) logits.index_fill_(1, tensor((long)end), float.NegativeInfinity);
            var drawn = multinomial(logits.softmax(1), 1, generator: generator).data<long>().ToArray();
            for (var i = 0; i < count; i++)
            {
                if (isOver[i] || position + 1 < beginnings[i]) continue;
                if (drawn[i] == end)
                    isOver[i] = true;
                else
                    sequences[i].Add((int)drawn[i]);
            }
        }

        return sequences;
    }

    private Cache NewCache(AttentionOperation op, int count)
    {
        long[] shape = [count, op.KeyHeads, _given.Longest, op.HeadChannels];
        return new(empty(shape), empty(shape), RotaryPositions.Table(_given.Longest, op.HeadChannels, op.RotaryBase));
    }

    private List<int> Beginning(Random random)
    {
        var sequence = _given.Sequence(random.Next(_given.Count));
        return [.. sequence[..Math.Min(sequence.Length, random.Next(1, LongestBeginning + 1))]];
    }

    // -1: no token ends a sequence.
    private int End()
    {
        var first = _given.Sequence(0)[0];
        var isBeginning = _given.Count > 1
            && Enumerable.Range(0, _given.Count).All(index => _given.Sequence(index).LastIndexOf(first) == 0);
        return isBeginning ? first : -1;
    }

    // [sequences, vocabulary], after the tokens at a position; what was before is in the caches.
    private Tensor Logits(long[] tokens, int position)
    {
        var input = _network.Tensors[FloatGraph.Embedding].index_select(0, tensor(tokens)).unsqueeze(-1).unsqueeze(-1);
        var values = new Dictionary<string, Tensor> { [FloatGraph.InputName] = input };
        foreach (var op in _network.Graph.Operations)
        {
            Tensor[] inputs = [.. op.Inputs.Select(name => values[name])];
            values[op.Name] = op is AttentionOperation attention ? Attend(attention, inputs, position) : _network.Apply(op, inputs);
        }

        return values[_network.Graph.Operations[^1].Name].flatten(1);
    }

    private Tensor Attend(AttentionOperation op, Tensor[] inputs, int position)
    {
        var (keys, values, rotation) = _caches[op.Name];
        keys.select(2, position).copy_(Turn(op, inputs[1], op.KeyHeads, rotation, position));
        values.select(2, position).copy_(Heads(op, inputs[2], op.KeyHeads));
        // [sequences, key heads, query heads of each, channels]
        var query = Turn(op, inputs[0], op.Heads, rotation, position).reshape(-1, op.KeyHeads, op.Heads / op.KeyHeads, op.HeadChannels);
        using Scalar factor = op.Factor * Math.Log(2);
        var scores = query.matmul(keys.narrow(2, 0, position + 1).transpose(2, 3)) * factor;
        return scores.softmax(3).matmul(values.narrow(2, 0, position + 1)).flatten(1).unsqueeze(-1).unsqueeze(-1);
    }

    private static Tensor Heads(AttentionOperation op, Tensor tokens, int heads) => tokens.reshape(-1, heads, op.HeadChannels);

    private static unsafe Tensor Turn(AttentionOperation op, Tensor tokens, int heads, double[] rotation, int position)
    {
        var contiguous = tokens.contiguous();
        var turned = empty_like(contiguous);
        var positions = new int[tokens.shape[0]];
        Array.Fill(positions, position);
        RotaryPositions.Turn(
            rotation, NativeValues.Floats(contiguous), positions, heads * op.HeadChannels, op.HeadChannels, bits: 0, inverse: false,
            NativeValues.Floats(turned));
        return Heads(op, turned, heads);
    }
}
