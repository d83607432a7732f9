using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>Sums over the table rows that sub-vectors may take, each row weighted with 2^exponent.</summary>
internal struct SoftSums
{
    public Vector512<float> Weights;

    /// <summary>Of what the rows' shares should grow by.</summary>
    public Vector512<float> Wanted;

    public Vector512<float> Exponents;

    /// <summary>Of exponents times what is wanted.</summary>
    public Vector512<float> Products;

    /// <summary>Returns the row's weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Add(Vector512<float> exponent, Vector512<float> wanted)
    {
        var weight = SinglePowerOfTwo.Roughly(exponent);
        var product = weight * wanted;
        Weights += weight;
        Wanted += product;
        Exponents = Vector512.FusedMultiplyAdd(exponent, weight, Exponents);
        Products = Vector512.FusedMultiplyAdd(exponent, product, Products);
        return weight;
    }
}
