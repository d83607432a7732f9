namespace LutDla.Fuzz.Tests;

/// <summary>A sample of what scripts/fuzz.sh runs for hours.</summary>
public sealed class FuzzTests(SeedFixture fixture)
{
    private const int Sample = 500;

    public static TheoryData<string, string> Seeds { get; } =
        [.. FuzzTarget.All.SelectMany(target => target.Fuzzed.Select(file => new TheoryDataRow<string, string>(target.Name, file)))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_seed_as_it_is_is_taken(string target, string file)
    {
        var input = FuzzInput.Unchanged(fixture.Seeds, FuzzTarget.All.Single(t => t.Name == target), file);

        var verdict = await new Campaign(fixture.Seeds, CommandRun.InProcessAsync).RunAsync(input);

        Assert.Null(verdict.Fault);
        Assert.True(verdict.End.ExitCode == (input.Target.NeedsTool ? 3 : 0), verdict.End.Error);
    }

    [Fact]
    public async Task No_input_of_a_sample_ends_otherwise_than_it_may()
    {
        var campaign = new Campaign(fixture.Seeds, CommandRun.InProcessAsync);
        var ends = new Dictionary<string, HashSet<int>>();
        for (var number = 1L; number <= Sample; number++)
        {
            var verdict = await campaign.RunAsync(number);
            Assert.True(verdict.Fault is null, $"Input {number}, {verdict.Input.Target.Name}: {verdict.Fault}");
            (ends.TryGetValue(verdict.Input.Target.Name, out var codes) ? codes : ends[verdict.Input.Target.Name] = []).Add(verdict.End.ExitCode);
        }

        // Every target was looked at, refused some, and many took some: neither changes nothing nor ruins everything.
        Assert.Equal(FuzzTarget.All.Count, ends.Count);
        Assert.All(ends, target => Assert.True(target.Value.Contains(2), $"{target.Key} has refused nothing."));
        Assert.InRange(ends.Values.Count(codes => codes.Contains(0) || codes.Contains(3)), FuzzTarget.All.Count / 2, FuzzTarget.All.Count);
    }

    [Fact]
    public void An_input_follows_from_its_number()
    {
        var (first, again, other) = (FuzzInput.Of(fixture.Seeds, 77), FuzzInput.Of(fixture.Seeds, 77), FuzzInput.Of(fixture.Seeds, 78));

        Assert.Equal(first.Arguments, again.Arguments);
        Assert.All(first.Files, file => Assert.Equal(file.Value, again.Files[file.Key]));
        Assert.NotEqual((first.Target.Name, Sum(first)), (other.Target.Name, Sum(other)));

        static int Sum(FuzzInput input) => input.Files.Sum(file => file.Value.Length);
    }

    [Fact]
    public async Task What_must_not_happen_is_a_fault()
    {
        var input = FuzzInput.Unchanged(fixture.Seeds, FuzzTarget.All[0], FuzzTarget.All[0].Fuzzed[0]);

        await AssertFault("unhandled: System.OverflowException", new(-1, "", "", "System.OverflowException: ...", default, 0));
        await AssertFault("exit code 3", new(3, "", "There is not enough memory", "", default, 0));
        await AssertFault("exit code 134", new(134, "", "", "", default, 0));
        await AssertFault("exit code 2 without a message", new(2, "", "\n", "", default, 0));
        await AssertFault("a stack trace", new(2, "", "wrong\n   at LutDla.Golden.X()", "", default, 0));
        await AssertFault("a message of more than", new(2, "", "wrong" + new string('\n', 100), "", default, 0));
        await AssertFault("out was written", new(2, "", "wrong", "", default, 0), "out");
        await AssertFault("x.tmp was left behind", new(0, "", "", "", default, 0), "x.tmp");

        async Task AssertFault(string expected, CommandEnd end, string? leaves = null)
        {
            var campaign = new Campaign(fixture.Seeds, arguments =>
            {
                if (leaves is not null)
                    File.WriteAllText(Path.Combine(Path.GetDirectoryName(arguments[^1]) ?? "", leaves), "");
                return Task.FromResult(end);
            });
            Assert.StartsWith(expected, (await campaign.RunAsync(input)).Fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_input_that_runs_as_a_process_ends_as_here()
    {
        var here = await new Campaign(fixture.Seeds, CommandRun.InProcessAsync).RunAsync(3);
        var there = await new Campaign(fixture.Seeds, CommandRun.AsProcessAsync).RunAsync(3);

        Assert.Null(there.Fault);
        Assert.Equal(here.End.ExitCode, there.End.ExitCode);
    }
}
