namespace LutDla.Exploration.Memories;

/// <summary>The ports of the macros of a family.</summary>
public enum SramPorts
{
    /// <summary>One port, which reads or writes in a cycle.</summary>
    OneReadWrite,

    /// <summary>One port that reads or writes, and one that reads.</summary>
    OneReadWriteOneRead,

    /// <summary>One port that reads, and one that writes.</summary>
    OneReadOneWrite,
}

/// <summary>How ports are spelled, and what follows from them.</summary>
public static class SramPortsRules
{
    public static IReadOnlyList<SramPorts> All { get; } = Enum.GetValues<SramPorts>();

    /// <summary>As data sheets have it.</summary>
    public static string Word(this SramPorts ports) => ports switch
    {
        SramPorts.OneReadWrite => "1rw",
        SramPorts.OneReadWriteOneRead => "1rw1r",
        _ => "1r1w",
    };

    /// <summary>
    /// Macros side by side for a memory that takes a read and a write in each cycle, as those of a core do: two of one port, each with
    /// half of the words. They need an order of accesses in which read and write never meet in a bank.
    /// </summary>
    public static int Banks(this SramPorts ports) => ports == SramPorts.OneReadWrite ? 2 : 1;
}
