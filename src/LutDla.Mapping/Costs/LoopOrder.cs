namespace LutDla.Mapping.Costs;

/// <summary>Orders of the loops over rows (M), subspaces (K) and sets of columns (N), the outermost first.</summary>
public enum LoopOrder
{
    Mnk,
    Mkn,
    Kmn,
    Knm,
    Nmk,
    Nkm,

    /// <summary>
    /// N, K, M with the indices of a subspace searched again for each set of columns, and the next table loaded while one is read: the
    /// paper's.
    /// </summary>
    LutStationary,
}
