namespace LutDla.Networks.PyTorch;

/// <summary>What a PyTorch file may ask for: far above what networks need, and less than takes the memory of the machine.</summary>
internal static class PyTorchLimits
{
    /// <summary>Bytes of one pickle; weights lie outside of it.</summary>
    public const int PickleBytes = 64 << 20;

    /// <summary>Opcodes of one pickle: each may make an object. A tensor takes about 25.</summary>
    public const int Opcodes = 1 << 21;

    /// <summary>Bytes of a module or class name.</summary>
    public const int GlobalNameBytes = 256;

    /// <summary>Dimensions of a tensor.</summary>
    public const int Rank = 16;

    /// <summary>Bytes of all values for each byte of the file: enough for small types, and for weights under many names.</summary>
    public const long ValueBytesEach = 64;

    /// <summary>Bytes of all storages that are read, and of all values: what one array can hold, a little less than 2^31.</summary>
    public static long ValueBytes => Array.MaxLength;
}
