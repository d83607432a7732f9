using LutDla.Boundary;
using LutDla.Networks.Onnx.Operators;

namespace LutDla.Training.Tests.Onnx;

/// <summary>Every supported operator against the node tests of the ONNX project, Debian package libonnx-testdata.</summary>
public sealed class NodeTests
{
    private const float Tolerance = 1e-4f;

    /// <summary>Newer than the package; compared with ONNX Runtime instead.</summary>
    private const string WithoutNodeTest = "Gelu";

    /// <summary>Why a test of supported operators may be refused. Any other reason, and any difference, is a failure.</summary>
    private static readonly string[] Limits =
    [
        "integers of 32 or 64 bits", "It is no tensor", "in training mode", "A cast to",
        "mixes integers", "has no size", "Averages over windows with gaps", "1 x 3 x 4 cannot become 3 x 4 x 0",
        "Its attribute broadcast is not supported", "Its attribute axis is not supported", "Its attribute is_test is not supported",
        "Its attribute consumed_inputs is not supported",
    ];

    public static TheoryData<string> Operators => [.. OperatorTable.Names.Where(name => name != WithoutNodeTest)];

    [Theory]
    [MemberData(nameof(Operators))]
    public void An_operator_gives_what_the_ONNX_project_expects(string name)
    {
        Assert.SkipUnless(NodeTestFolder.AreThere, "The node tests are not installed: apt-get install libonnx-testdata.");
        var (equal, refused) = (0, new List<string>());
        foreach (var test in NodeTestFolder.All())
        {
            if (test.FindModel() is not { } model || model.Graph.Nodes.All(node => node.OperatorType != name)) continue;
            if (model.Graph.Nodes.Any(node => !OperatorTable.Names.Contains(node.OperatorType))) continue;
            try
            {
                var difference = test.Difference(model);
                Assert.True(difference <= Tolerance, $"{test.Name} differs by {difference}.");
                equal++;
            }
            catch (InvalidInputException e)
            {
                Assert.True(Limits.Any(limit => e.Message.Contains(limit, StringComparison.Ordinal)), $"{test.Name}: {e.Message}");
                refused.Add(test.Name);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {equal} equal, {refused.Count} refused: {string.Join(", ", refused)}");
        Assert.True(equal > 0, $"No test of {name} was run.");
    }
}
