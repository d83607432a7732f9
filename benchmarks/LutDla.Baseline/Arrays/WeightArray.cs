using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Matching;
using LutDla.Hardware.Modules.Rescale;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Baseline.Arrays;

/// <summary>
/// Weight-stationary: weights stay in the units while the rows of a pass go by. Control, memories of partial sums and drain are those of
/// a core, which works in the same order.
/// </summary>
public sealed record WeightArray : MacArray
{
    public WeightArray(ArrayConfig config)
        : base(config, Dataflow.WeightStationary)
    {
    }

    public ChainMatrix Matrix => new(
        Config.Operands, Config.Form, Config.Rows, Config.Columns, Config.Chain, Config.MaximumBlocks, Config.Buffers,
        Config.AccumulatorBits, LoadChunks, Config.Registers, Config.Memories);

    public WeightLoader Loader => new(Config.Chain, LoadChunks, WeightBeatBits);

    public Issue Issue => new(Config.Buffers, BlockBits, Config.Chain);

    public IndexBuffer Activations => new(Config.Memories, Config.ActivationBeats, ActivationBeatBits, BlockBits, StepBits);

    public OperandFeed Feed => new(ActivationBeatBits, BlockBits, StepBits);

    /// <summary>A core's drain knows memories of partial sums by the module that they stand in; of this one only shapes count.</summary>
    public Drain Drain => new(
        new MatchingModule(
            new MatchingConfig
            {
                TableBits = Config.Operands.WeightBits, Lanes = Config.Columns, SubspacesInParallel = Config.Chain,
                RowsInParallel = Config.Rows,
            },
            new MemoryConfig { Scratchpad = Config.Memories }, DotUnit.Products, Config.MaximumBlocks, Config.Buffers,
            Config.AccumulatorBits),
        1, Config.Registers, Config.RescaleUnits, Config.OutputBits);

    public override CommandQueue PassCommands => Commands(["last_block", "last_step", .. Kept]);

    public override int WeightBeatElements => Config.LoadColumns * DotUnit.Products;

    public override string WeightOrder =>
        $"Weights of a step of a set of columns: unit by unit of the chains, {Config.LoadColumns} columns at a time.";

    public override string ActivationOrder => "Elements of each row of a block for one step; block by block, then step by step.";

    public override string Name => "weight_array";

    public override string Template => "baseline/weight_array.v.scriban";

    public override IReadOnlyList<StructureTerm> Structure => [new("command", Ports.Command.PayloadBits)];

    public override IReadOnlyList<Child> Children =>
    [
        new("u_pass_commands", PassCommands.Fifo), new("u_drain_commands", DrainCommands.Fifo),
        KeepsActivations ? new("u_activations", Activations) : new("u_activations", Feed),
        new("u_loader", Loader), new("u_issue", Issue), new("u_matrix", Matrix), new("u_drain", Drain),
    ];
}
