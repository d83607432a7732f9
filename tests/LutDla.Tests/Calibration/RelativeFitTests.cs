using LutDla.Exploration.Calibration;

namespace LutDla.Tests.Calibration;

public sealed class RelativeFitTests
{
    private static readonly double[][] One = [[1], [1], [1]];

    // Of 2 and 4: (c/2 - 1)^2 + (c/4 - 1)^2 is least at c = (1/2 + 1/4) / (1/4 + 1/16) = 2.4.
    [Fact]
    public void Errors_count_relative_to_what_is_fitted() =>
        Assert.Equal(2.4, Assert.Single(new RelativeFit(0).Coefficients(One[..2], [2, 4])), 9);

    // Without the first two, 3 stands for 2 and for 4; without the third, 2.4 stands for 3.
    [Fact]
    public void Samples_of_a_group_are_left_out_together()
    {
        var errors = new RelativeFit(0).ErrorsLeftOut(One, [2, 4, 3], [0, 0, 1]);

        Assert.Equal(0.5, errors[0], 9);
        Assert.Equal(0.25, errors[1], 9);
        Assert.Equal(0.2, errors[2], 9);
    }

    // 100 says 100 for 1; relative to a tenth of the largest, 10, that is 9.9.
    [Fact]
    public void Errors_of_small_costs_are_relative_to_a_share_of_the_largest() =>
        Assert.Equal(9.9, new RelativeFit(0.1).ErrorsLeftOut(One[..2], [1, 100], [0, 1])[0], 9);

    [Fact]
    public void A_single_group_leaves_nothing_to_fit() =>
        Assert.Equal([0, 0, 0], new RelativeFit(0).ErrorsLeftOut(One, [2, 4, 3], [7, 7, 7]));
}
