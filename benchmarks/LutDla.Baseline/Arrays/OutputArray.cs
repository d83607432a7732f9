using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Baseline.Arrays;

/// <summary>
/// Output-stationary: sums stay in the units. Weights of a set of columns are kept and read once for each block of rows; activations
/// come block by block, from outside or from a buffer.
/// </summary>
public sealed record OutputArray : MacArray
{
    public OutputArray(ArrayConfig config)
        : base(config, Dataflow.OutputStationary)
    {
    }

    public DotUnit Unit => new(Config.Operands, Config.Form, DotAddend.OwnSum, Config.AccumulatorBits);

    public SumMatrix Matrix => new(Unit, Config.Rows, Config.Columns, Config.Registers);

    public OperandBuffer Weights => new(Config.Memories, Config.MaximumSteps, LoadChunks, WeightBeatBits, StepBits);

    /// <summary>Within a block it counts steps, within a pass blocks.</summary>
    public IndexBuffer Activations => new(Config.Memories, Config.ActivationBeats, ActivationBeatBits, StepBits, BlockBits);

    public Unloader Unloader => new(
        Config.Rows, Config.Columns, Config.AccumulatorBits, BlockBits, Config.Registers, Config.RescaleUnits, Config.OutputBits);

    public override CommandQueue PassCommands => Commands(["last_step", "last_block", .. Kept]);

    public CommandQueue WeightCommands => Commands("last_step", "last_block");

    public override int WeightBeatElements => Config.LoadColumns * DotUnit.Products;

    public override string WeightOrder =>
        $"Weights of a set of columns, once a pass: step by step, {Config.LoadColumns} columns at a time.";

    public override string ActivationOrder => "Eight elements of each row of a block; block by block, step by step.";

    public override string Name => "output_array";

    public override string Template => "baseline/output_array.v.scriban";

    public override IReadOnlyList<StructureTerm> Structure => [new("command", Ports.Command.PayloadBits)];

    public override IReadOnlyList<Child> Children =>
    [
        .. KeepsActivations
            ? (Child[])[new("u_pass_commands", PassCommands.Fifo), new("u_activations", Activations)]
            : [],
        new("u_weight_commands", WeightCommands.Fifo), new("u_drain_commands", DrainCommands.Fifo), new("u_block", new Counter(BlockBits)),
        new("u_weights", Weights), new("u_matrix", Matrix), new("u_unloader", Unloader),
    ];
}
