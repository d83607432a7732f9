using LutDla.Golden.Fast;
using LutDla.Golden.Reference;

namespace LutDla.Tests.Golden;

public sealed class DecisionTests
{
    [Theory]
    [InlineData(0, -1)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 3, 7)]
    [InlineData(0, 7, 7)]
    [InlineData(2, -9, -8, -1, -1)]
    public void The_largest_score_decides_or_the_sign_of_a_single_one(int expected, params int[] scores) =>
        Assert.Equal(expected, Decision.Of(scores));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(10, 10)]
    public void A_single_score_tells_two_classes_apart(int scores, int classes) => Assert.Equal(classes, Decision.ClassCount(scores));

    [Fact]
    public void The_fast_form_decides_so()
    {
        var network = SampleNetworks.AllKinds();
        var engine = new GoldenEngine(network);
        var image = SampleNetworks.Image(network.Input, 3);
        var (classes, scores) = (new int[1], new int[engine.OutputLength]);

        engine.Classify(image, 1, classes);
        engine.Infer(image, 1, scores);

        Assert.Equal(Decision.Of(scores), classes[0]);
    }
}
