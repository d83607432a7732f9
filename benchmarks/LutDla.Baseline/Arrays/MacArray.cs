using LutDla.Hardware;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Rescale;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Baseline.Arrays;

/// <summary>An array of dot units with all that a core has, too: buffers, control, rescale units and streams.</summary>
public abstract record MacArray : Module
{
    private protected MacArray(ArrayConfig config, Dataflow dataflow)
    {
        config.Check(dataflow);
        (Config, Dataflow) = (config, dataflow);
    }

    /// <exception cref="ArgumentException">Choices contradict each other.</exception>
    public static MacArray Of(Dataflow dataflow, ArrayConfig config) =>
        dataflow == Dataflow.OutputStationary ? new OutputArray(config) : new WeightArray(config);

    public ArrayConfig Config { get; }

    public Dataflow Dataflow { get; }

    public string TopName => NameIn(Config.Name);

    public ArrayStreams Ports => new(this);

    public bool KeepsActivations => Config.ActivationBeats > 0;

    /// <summary>Products of a sum in one step.</summary>
    public int StepProducts => Config.Chain * DotUnit.Products;

    /// <summary>In one cycle.</summary>
    public int Multiplications => Config.Rows * Config.Columns * StepProducts;

    public int BlockBits => BitWidth.ForIndex(Config.MaximumBlocks);

    public int StepBits => BitWidth.ForIndex(Config.MaximumSteps);

    public int RowBits => BitWidth.ForIndex(Config.Rows);

    /// <summary>Result beats of one full row.</summary>
    public int RowBeats => Config.Columns / Config.RescaleUnits;

    public int RowBeatBits => BitWidth.ForIndex(RowBeats);

    /// <summary>Beats of a column set's weights for one unit of each chain.</summary>
    public int LoadChunks => Config.Columns / Config.LoadColumns;

    public int ActivationBeatBits => Config.Rows * StepProducts * Config.Operands.ActivationBits;

    public abstract int WeightBeatElements { get; }

    public int WeightBeatBits => WeightBeatElements * Config.Operands.WeightBits;

    /// <summary>In which order weights come, for documents.</summary>
    public abstract string WeightOrder { get; }

    public abstract string ActivationOrder { get; }

    public RescaleUnit Rescale => new(Config.AccumulatorBits, Config.OutputBits);

    /// <summary>What of a command the reader of activations keeps.</summary>
    public abstract CommandQueue PassCommands { get; }

    public CommandQueue DrainCommands => Commands("last_block", "last_row", "last_beat", "minimum", "maximum");

    private protected CommandQueue Commands(params IReadOnlyList<string> fields) => new([.. fields.Select(Ports.Command.Field)]);

    private protected string[] Kept => KeepsActivations ? ["keep"] : [];
}
