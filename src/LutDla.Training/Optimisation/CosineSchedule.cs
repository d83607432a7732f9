namespace LutDla.Training.Optimisation;

/// <summary>A learning rate that rises linearly over the warm-up and then falls to 0 along half a cosine.</summary>
internal sealed record CosineSchedule(double PeakRate, int WarmUpSteps, int Steps)
{
    public double Rate(int step) =>
        PeakRate * Math.Min(1, (step + 1.0) / WarmUpSteps) * 0.5 * (1 + Math.Cos(Math.PI * step / Steps));
}
