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
    private const double FirstMomentum = 0.9;

    private const double SecondMomentum = 0.999;

    private const double Epsilon = 1e-8;

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
    public void Step(int step, double rate)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (firstBias, secondBias) = (1 - Math.Pow(FirstMomentum, step + 1), 1 - Math.Pow(SecondMomentum, step + 1));
        foreach (var (trained, (first, second)) in _trained.Zip(_moments))
        {
            if (trained.Value.grad is not { } gradient) continue;
            first.mul_(FirstMomentum).add_(gradient, alpha: 1 - FirstMomentum);
            second.mul_(SecondMomentum).addcmul_(gradient, gradient, 1 - SecondMomentum);
            var scaled = rate * trained.RateScale;
            trained.Value.mul_(1 - rate * trained.Decay);
            trained.Value.addcdiv_(first, (second / secondBias).sqrt().add_(Epsilon), -scaled / firstBias);
            gradient.zero_();
        }
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
