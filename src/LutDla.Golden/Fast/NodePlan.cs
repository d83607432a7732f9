using LutDla.Golden.Model;

namespace LutDla.Golden.Fast;

/// <summary>
/// One node of the fast form: what is computed once. Plans are shared by threads; what changes is in the tensors and the scratch.
/// </summary>
internal abstract class NodePlan
{
    /// <summary>What one thread needs to run it.</summary>
    public virtual LayerScratch NewScratch() => new();

    /// <summary>How far apart the rows of the result are.</summary>
    public virtual int OutputPitch(ReadOnlySpan<PlaneTensor> inputs, ImageShape output) => output.Width;

    public abstract void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch);
}
