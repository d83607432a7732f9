namespace LutDla.Tests.Cli;

public sealed class VerifyInputTests
{
    [Theory]
    [InlineData("--config = (none)\n    There is no design to verify.", "--seeds", "1")]
    [InlineData("--seeds = 0\n    must be a whole number from 1 to 1000000.", "--random-configs", "1", "--seeds", "0")]
    [InlineData("--seed = 2147483647\n    The last seed must be below 2^31.", "--random-configs", "1", "--seed", "2147483647", "--seeds", "1")]
    [InlineData("nowhere.json: file = unreadable", "--config", "nowhere.json")]
    public async Task A_wrong_option_ends_with_2_before_anything_is_built(string message, params string[] options)
    {
        var run = await CliProcess.RunAsync(["verify", .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
    }
}
