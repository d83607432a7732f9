using LutDla.Golden.Model;
using LutDla.Networks.Runtime;
using LutDla.Training.Initialisation;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

public sealed class TableRefitTests
{
    public TableRefitTests() => TorchRuntime.EnsureLoaded(threads: 1);

    [Fact]
    public void Conjugate_gradients_find_what_the_direct_solution_finds()
    {
        var geometry = new LutGeometry(1, 1, 20, 5, new Window { Height = 1, Width = 1 }, 4, 6);
        var random = new Random(3);
        const int Rows = 400;
        var indices = tensor(Enumerable.Range(0, geometry.SubspaceCount * Rows).Select(_ => (byte)random.Next(6)).ToArray())
            .reshape(geometry.SubspaceCount, Rows).contiguous();
        var missing = randn(Rows, 5, generator: new Generator(5));

        var direct = TableRefit.Correction(geometry, indices, missing, ridge: 0.1, directRows: 1000);
        var iterative = TableRefit.Correction(geometry, indices, missing, ridge: 0.1, directRows: 0);

        Assert.True(direct.abs().max().item<float>() > 0.1, "There is something to correct.");
        Assert.True((direct - iterative).abs().max().item<float>() < 1e-3 * direct.abs().max().item<float>());
    }
}
