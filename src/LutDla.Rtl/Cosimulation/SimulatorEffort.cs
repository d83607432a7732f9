namespace LutDla.Rtl.Cosimulation;

/// <summary>What a simulator is compiled for.</summary>
public enum SimulatorEffort
{
    /// <summary>Short runs: the compiler hardly optimises (-O0).</summary>
    QuickBuild,

    /// <summary>Long runs: -O2; the simulator takes longer to build and runs several times as fast.</summary>
    QuickRun,
}
