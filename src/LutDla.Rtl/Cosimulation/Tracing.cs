namespace LutDla.Rtl.Cosimulation;

/// <summary>What a simulator can write to a waveform.</summary>
public enum Tracing
{
    None,

    /// <summary>The ports of the top and its own wires.</summary>
    Ports,

    /// <summary>Everything.</summary>
    All,
}
