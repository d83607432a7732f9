using System.Text;
using LutDla.Boundary;
using LutDla.Hardware.Configuration;

namespace LutDla.Tests.Configuration;

public sealed class BadDesignFileTests
{
    private const string Good = """
        {
          "name": "tiny",
          "similarity": {
            "metric": "l1",
            "activation_bits": 8,
            "vector_length": 2,
            "centroids": 4
          },
          "matching": { "table_bits": 8, "lanes": 4 },
          "tile": { "rows": 16, "index_buffer_beats": 64 },
          "rescale": { "units": 2 },
          "memories": {}
        }
        """;

    private const string MendJson = " Mend the JSON; comments and trailing commas are allowed.";

    private const string CentroidsRule =
        "must be a whole number, 2 to 256. Centroids of a codebook, c; any number, not only powers of two.";

    private const string NameMeaning =
        "Prefix of the generated modules: at most 40 lower-case letters, digits and underscores, starting with a letter.";

    private const string NameRule = "must match ^[a-z][a-z0-9_]{0,39}$. " + NameMeaning;

    /// <summary>What is replaced in the good file, by what, and the one problem that follows.</summary>
    public static TheoryData<string, string, string> SingleFaults { get; } = new()
    {
        // Keys.
        {
            "\"centroids\": 4", "\"centroid\": 4, \"centroids\": 4",
            "d.json:7: similarity.centroid = 4: is no known key. Did you mean centroids?"
        },
        {
            "\"lanes\": 4", "\"lanes\": 4, \"speed\": [1, 2]",
            "d.json:9: matching.speed = [...]: is no known key. "
                + "Known here: table_bits, lanes, modules, subspaces_in_parallel, rows_in_parallel, load_lanes, load_subspaces."
        },
        {
            "\"metric\": \"l1\",", "\"metric\": \"l1\", \"metric\": \"l2\",",
            "d.json:4: similarity.metric = \"l2\": stands here for the second time. Keep one of the two."
        },
        {
            "\"activation_bits\": 8,", "",
            "d.json:3: similarity.activation_bits = (missing): must be given. Bits of a signed activation and of a centroid element, A."
        },
        { "\"rescale\": { \"units\": 2 },", "", "d.json:1: rescale = (missing): must be given. An object with: units, output_bits." },

        // Types.
        { "\"centroids\": 4", "\"centroids\": \"4\"", "d.json:7: similarity.centroids = \"4\": " + CentroidsRule },
        { "\"centroids\": 4", "\"centroids\": 4.5", "d.json:7: similarity.centroids = 4.5: " + CentroidsRule },
        { "\"centroids\": 4", "\"centroids\": 99999999999", "d.json:7: similarity.centroids = 99999999999: " + CentroidsRule },
        { "\"centroids\": 4", "\"centroids\": null", "d.json:7: similarity.centroids = null: " + CentroidsRule },
        {
            "\"metric\": \"l1\"", "\"metric\": \"chebychev\"",
            "d.json:4: similarity.metric = \"chebychev\": must be one of l2, l1, chebyshev. Did you mean chebyshev?"
        },
        {
            "\"metric\": \"l1\"", "\"metric\": 1",
            "d.json:4: similarity.metric = 1: must be one of l2, l1, chebyshev. "
                + "How a sub-vector is compared with a centroid: l2 (squared), l1 or chebyshev."
        },
        {
            "\"metric\": \"l1\"", "\"metric\": \"L1\"",
            "d.json:4: similarity.metric = \"L1\": must be one of l2, l1, chebyshev. Did you mean l1?"
        },
        { "\"name\": \"tiny\"", "\"name\": 7", "d.json:2: name = 7: must be text in quotes. " + NameMeaning },
        {
            "\"memories\": {}", "\"memories\": \"latch\"",
            "d.json:12: memories = \"latch\": must be an object in braces. Keys: codebooks, tables, scratchpad, index_buffer, parameters."
        },

        // Values on their own.
        { "\"name\": \"tiny\"", "\"name\": \"Tiny core\"", "d.json:2: name = Tiny core: " + NameRule },
        { "\"name\": \"tiny\"", "\"name\": \"tiny\\n\"", "d.json:2: name = tiny\n: " + NameRule },
        {
            "\"activation_bits\": 8", "\"activation_bits\": 17",
            "d.json:5: similarity.activation_bits = 17: must be 4 to 16 bits. Choose a value in this range."
        },
        {
            "\"index_buffer_beats\": 64", "\"index_buffer_beats\": 3",
            "d.json:10: tile.index_buffer_beats = 3: must be 4 to 1048576 beats. Choose a value in this range."
        },
        { "\"rows\": 16", "\"rows\": -1", "d.json:10: tile.rows = -1: must be 1 to 65536 rows. Choose a value in this range." },
        { "\"units\": 2", "\"units\": 0", "d.json:11: rescale.units = 0: must be 1 to 1024 results. Choose a value in this range." },

        // Values that clash.
        { "\"units\": 2", "\"units\": 3", "d.json:11: rescale.units = 3: must divide matching.lanes (4). Divisors of 4: 1, 2, 4." },
        {
            "\"lanes\": 4", "\"lanes\": 4, \"load_lanes\": 3",
            "d.json:9: matching.load_lanes = 3: must divide matching.lanes (4), or be 0 for all. Divisors of 4: 1, 2, 4."
        },
        {
            "\"lanes\": 4", "\"lanes\": 4, \"load_subspaces\": 2",
            "d.json:9: matching.load_subspaces = 2: must divide matching.subspaces_in_parallel (1). Divisors of 1: 1."
        },
        {
            "\"rows\": 16", "\"rows\": 16, \"accumulator_bits\": 8",
            "d.json:10: tile.accumulator_bits = 8: must be 0 (derived) or more than matching.table_bits (8). "
                + "Leave it out to have it derived from tile.maximum_subspaces."
        },
        {
            "\"memories\": {}", "\"memories\": { \"codebooks\": \"fpga_ram\" }",
            "d.json:12: memories.codebooks = fpga_ram: must be flip_flop or latch: "
                + "every centroid is compared in every cycle, which no RAM can serve. Use flip_flop on an FPGA, latch on an ASIC."
        },

        // A value that cannot be read, or is out of its range, is not also said to clash.
        {
            "\"lanes\": 4", "\"lanes\": true",
            "d.json:9: matching.lanes = true: must be a whole number, 1 to 1024. Output columns of one IMM, Tn."
        },
        { "\"lanes\": 4", "\"lanes\": 0", "d.json:9: matching.lanes = 0: must be 1 to 1024 lanes. Choose a value in this range." },
    };

    /// <summary>Files that are no configuration at all.</summary>
    public static TheoryData<string, string, string> OtherFiles { get; } = new()
    {
        { "", "d.json:1: JSON = column 1: ", MendJson },
        { "[1]", "d.json: (whole file) = [...]: must be an object in braces.", " See configs/tiny.json." },
        { "{ \"name\": \"a\"", "d.json:1: JSON = column 14: ", MendJson },
        { "{}\n{}", "d.json:2: JSON = column 1: ", MendJson },
        { "{ \"name\": 'a' }", "d.json:1: JSON = column 11: ", MendJson },
        { "{ \"name\": \"\\ud800\" }", "d.json:1: text = \"\\ud800\": ", " Write the letter itself." },
        { "{ \"name\": " + "[[[[[[[[[[[[[[[[[[[[", "d.json:1: JSON = column ", MendJson },
    };

    [Theory]
    [MemberData(nameof(SingleFaults))]
    public void A_fault_gives_exactly_one_message_with_its_line(string good, string bad, string message)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);

        Assert.Equal([message], Problems(Good.Replace(good, bad, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void What_is_no_configuration_gives_one_message(string json, string start, string end)
    {
        var message = Assert.Single(Problems(json));
        Assert.StartsWith(start, message, StringComparison.Ordinal);
        Assert.EndsWith(end, message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", message, StringComparison.Ordinal);
        Assert.True(message.Length > start.Length + end.Length || end.StartsWith(" See", StringComparison.Ordinal), message);
    }

    [Theory]
    [InlineData(40, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"")]
    [InlineData(41, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\"")]
    public void Long_values_are_shown_in_part(int length, string shown) => Assert.StartsWith(
        $"d.json:4: similarity.metric = {shown}: ",
        Assert.Single(Problems(Good.Replace("\"l1\"", $"\"{new string('a', length)}\"", StringComparison.Ordinal))),
        StringComparison.Ordinal);

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        var json = Good
            .Replace("\"metric\": \"l1\"", "\"metrik\": \"l1\"", StringComparison.Ordinal)
            .Replace("\"centroids\": 4", "\"centroids\": 1", StringComparison.Ordinal)
            .Replace("\"lanes\": 4", "\"lanes\": \"four\"", StringComparison.Ordinal)
            .Replace("\"units\": 2", "\"units\": 2000, \"units\": 1", StringComparison.Ordinal)
            .Replace("\"memories\": {}", "\"memories\": { \"codebooks\": \"macro\" }", StringComparison.Ordinal);

        Assert.Equal(
            ["d.json:3: similarity.metric", "d.json:4: similarity.metrik", "d.json:7: similarity.centroids", "d.json:9: matching.lanes",
                "d.json:11: rescale.units", "d.json:11: rescale.units", "d.json:12: memories.codebooks"],
            Problems(json).Select(p => p.Split(" = ")[0]));
    }

    [Fact]
    public void Text_that_is_not_utf8_gives_one_message()
    {
        byte[] latin1 = [.. "{ \"name\": \""u8, 0xE9, .. "\" }"u8];

        var error = Assert.Throws<InvalidInputException>(() => DesignFile.Parse("d.json", latin1));
        Assert.Equal("d.json: encoding = not UTF-8: must be UTF-8 text. Save it as UTF-8; see configs/tiny.json.", error.Message);
    }

    [Theory]
    [InlineData("no/such/file.json")]
    [InlineData("configs")]
    [InlineData("")]
    public void What_cannot_be_opened_gives_one_message(string name)
    {
        var path = name.Length == 0 ? "" : Repository.File(name);

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => DesignFile.Load(path)).Problems);
        Assert.Equal((path, "file", "unreadable"), (problem.File, problem.Key, problem.Value));
        Assert.Equal(("must be a readable file", "Check the path; configs/ has examples."), (problem.Rule.Split(':')[0], problem.Mend));
    }

    [Fact]
    public void A_file_of_another_format_is_called_so()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [0x89, .. "PNG\r\n"u8, 0x1A, .. "\n...."u8]);

            var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => DesignFile.Load(path)).Problems);
            Assert.Contains("It must be a design configuration, as JSON.", problem.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_too_large_for_a_configuration_is_not_read()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var stream = File.OpenWrite(path))
                stream.SetLength(1L << 32);

            var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => DesignFile.Load(path)).Problems);
            Assert.Equal(
                (path, "size", "more than 1048576 bytes", "must be at most 1048576 bytes.",
                    "Is it a configuration? See configs/tiny.json."),
                (problem.File, problem.Key, problem.Value, problem.Rule, problem.Mend));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<string> Problems(string json) =>
        Assert.Throws<InvalidInputException>(
            () => DesignFile.Parse("d.json", Encoding.UTF8.GetBytes(json))).Problems.Select(p => p.ToString());
}
