using System.Collections.Immutable;
using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>The instructions that the fast form may use. A layer that no kernel of a variant serves takes the next simpler one.</summary>
internal enum EngineVariant
{
    /// <summary>What the runtime makes of its portable vectors.</summary>
    Portable,

    Avx2,

    /// <summary>AVX-512 F and BW; VBMI where there is.</summary>
    Avx512,
}

internal static class EngineVariants
{
    /// <summary>Those that this processor runs, the best one last.</summary>
    public static ImmutableArray<EngineVariant> Supported { get; } =
    [
        EngineVariant.Portable,
        .. Avx2.IsSupported ? (EngineVariant[])[EngineVariant.Avx2] : [],
        .. Avx512BW.IsSupported ? (EngineVariant[])[EngineVariant.Avx512] : [],
    ];

    public static SearchKernel Search(this EngineVariant variant, LutLayer layer, TensorFacts input, LayerGeometry geometry) => layer switch
    {
        _ when TableSearch.Serves(layer) => new TableSearch(layer, geometry, variant >= EngineVariant.Avx512 && Avx512Vbmi.IsSupported),
        _ when variant >= EngineVariant.Avx512 && Avx512ManhattanSearch.Serves(layer) => new Avx512ManhattanSearch(layer, geometry),
        _ when variant >= EngineVariant.Avx512 && Avx512ChebyshevSearch.Serves(layer) => new Avx512ChebyshevSearch(layer, geometry),
        _ when variant >= EngineVariant.Avx512 && Avx512ByteEuclideanSearch.Serves(layer, input) =>
            new Avx512ByteEuclideanSearch(layer, geometry),
        _ when variant >= EngineVariant.Avx512 && EuclideanKeys.Serves(layer) => new Avx512EuclideanSearch(layer, geometry),
        _ when variant >= EngineVariant.Avx2 && Avx2ChebyshevSearch.Serves(layer) => new Avx2ChebyshevSearch(layer, geometry),
        _ when variant >= EngineVariant.Avx2 && EuclideanKeys.Serves(layer) => new Avx2EuclideanSearch(layer, geometry),
        _ => PortableSearch.For(layer, geometry),
    };

    public static ProductKernel Product(this EngineVariant variant, ExactLayer layer, LayerGeometry geometry) =>
        variant >= EngineVariant.Avx512 ? new Avx512Product(layer, geometry) : new PortableProduct(layer, geometry);

    public static LookupKernel Lookup(this EngineVariant variant, LutLayer layer, AccumulatorBounds bounds) => layer switch
    {
        _ when variant >= EngineVariant.Avx512 && Avx512ByteLookup.Serves(layer, bounds) => new Avx512ByteLookup(layer),
        _ when variant >= EngineVariant.Avx512 && Avx512Lookup.Serves(layer, bounds) => new Avx512Lookup(layer),
        _ when bounds.FitShort => new PortableLookup<short, ShortLane>(layer),
        _ => new PortableLookup<int, IntLane>(layer),
    };
}
