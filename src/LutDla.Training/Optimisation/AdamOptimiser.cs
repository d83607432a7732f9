using LutDla.Networks.Kernels;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.Optimisation;

/// <summary>A tensor that is trained.</summary>
/// <param name="Name">Unique; names its moments in checkpoints.</param>
/// <param name="Value">A leaf that requires gradients.</param>
/// <param name="RateScale">Multiplies the learning rate: the size of the values, for tensors not of size 1.</param>
/// <param name="Decay">Weight decay, as a share of the learning rate.</param>
internal sealed record TrainedTensor(string Name, Tensor Value, double RateScale = 1, double Decay = 0);

/// <summary>Adam with decoupled weight decay. Its state is tensors by name, so a checkpoint holds it like any others.</summary>
/// <remarks>D. Kingma and J. Ba, arXiv 1412.6980; I. Loshchilov and F. Hutter, arXiv 1711.05101.</remarks>
internal sealed class AdamOptimiser : IDisposable
{
    private readonly IReadOnlyList<TrainedTensor> _trained;

    private readonly List<(Tensor First, Tensor Second)> _moments;

    public AdamOptimiser(IReadOnlyList<TrainedTensor> trained)
    {
        _trained = trained;
        _moments = [.. trained.Select(t => (zeros_like(t.Value).DetachFromDisposeScope(), zeros_like(t.Value).DetachFromDisposeScope()))];
    }

    /// <summary>The moments, for checkpoints.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State => _trained.Zip(_moments).SelectMany(pair => new KeyValuePair<string, Tensor>[]
    {
        new($"adam.first.{pair.First.Name}", pair.Second.First), new($"adam.second.{pair.First.Name}", pair.Second.Second),
    });

    /// <summary>One step down the gradients, which are cleared.</summary>
    /// <param name="step">Counts from 0, for the bias correction.</param>
    public unsafe void Step(int step, double rate)
    {
        foreach (var (trained, (first, second)) in _trained.Zip(_moments))
        {
            if (trained.Value.grad is not { } gradient) continue;
            AdamKernel.Run(
                NativeValues.Floats(trained.Value), NativeValues.Floats(gradient), NativeValues.Floats(first), NativeValues.Floats(second),
                gradient.numel(), AdamKernel.Step(step, rate * trained.RateScale, rate * trained.Decay));
        }
    }

    /// <summary>Clears moments and gradients, for a stage that moves other tensors.</summary>
    public void Forget()
    {
        using var noGradient = no_grad();
        foreach (var (_, moment) in State) moment.zero_();
        foreach (var trained in _trained) trained.Value.grad?.zero_();
    }

    public void Dispose()
    {
        foreach (var (first, second) in _moments)
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
