using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;

namespace LutDla.Golden.Fast;

/// <summary>Sub-vectors of one element of at most 8 bits: the answer to each of the 256 values is looked up.</summary>
internal sealed unsafe class TableSearch : SearchKernel
{
    private readonly AlignedBuffer<int> _offsets;
    private readonly bool _inRegisters;
    private readonly AlignedBuffer<byte> _answers;

    /// <param name="inRegisters">Whether AVX-512 VBMI may be used.</param>
    public TableSearch(LutLayer layer, LayerGeometry geometry, bool inRegisters)
    {
        _inRegisters = inRegisters;
        _offsets = geometry.ElementOffsets(layer, 1);
        _answers = new AlignedBuffer<byte>(layer.SubspaceCount * 256);
        for (var i = 0; i < _answers.Length; i++)
        {
            var codebook = layer.Codebooks.AsSpan().Slice(i / 256 * layer.CentroidCount, layer.CentroidCount);
            _answers.Span[i] = (byte)GoldenSearch.Nearest(layer.Metric, [(short)(i % 256 - ByteElement.Zero)], codebook).Index;
        }
    }

    public override bool ReadsBytes => true;

    public static bool Serves(LutLayer layer) => layer is { VectorLength: 1, ActivationBits: <= 8 };

    public override void Search(int subspace, void* planes, int lanes, byte* indices)
    {
        unchecked
        {
            var values = (byte*)planes + _offsets.Pointer[subspace];
            var answers = _answers.Pointer + subspace * 256;
            if (_inRegisters)
                SearchRegisters(values, answers, lanes, indices);
            else
                SearchEach(values, answers, lanes, indices);
        }
    }

    private static void SearchEach(byte* values, byte* answers, int lanes, byte* indices)
    {
        unchecked
        {
            for (var m = 0; m < lanes; m++)
                indices[m] = answers[values[m]];
        }
    }

    // Four registers hold the answers; a permutation of two looks at the lower seven bits of a value.
    private static void SearchRegisters(byte* values, byte* answers, int lanes, byte* indices)
    {
        unchecked
        {
            var (low0, low1) = (Vector512.LoadAligned(answers), Vector512.LoadAligned(answers + 64));
            var (high0, high1) = (Vector512.LoadAligned(answers + 128), Vector512.LoadAligned(answers + 192));
            for (var m = 0; m < lanes; m += Vector512<byte>.Count)
            {
                var value = Vector512.Load(values + m);
                Vector512.ConditionalSelect(
                    Vector512.LessThan(value.AsSByte(), Vector512<sbyte>.Zero).AsByte(), Avx512Vbmi.PermuteVar64x8x2(high0, value, high1),
                    Avx512Vbmi.PermuteVar64x8x2(low0, value, low1)).Store(indices + m);
            }
        }
    }
}
