using System.Text;
using LutDla.Boundary;
using LutDla.Exploration.Memories;

namespace LutDla.Tests.Memories;

public sealed class SramModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SramPorts.OneReadWrite, null)]
    [InlineData(SramPorts.OneReadWriteOneRead, 1.2)]
    [InlineData(SramPorts.OneReadOneWrite, 0.7)]
    public void A_file_holds_all_that_a_model_has(SramPorts ports, double? volts)
    {
        var model = SampleMacros.Model(ports) with { Volts = volts, Note = "by hand", Source = new("t.csv", "ab", "x_") };
        var file = _folder.File("macros.json");
        SramModelFile.Write(file, model);

        var read = SramModelFile.Read(file);

        Assert.Equal(model with { Costs = read.Costs }, read);
        Assert.Equal(model.Costs.Keys, read.Costs.Keys);
        Assert.All(model.Costs, cost => Assert.Equal(cost.Value.Terms, read.Costs[cost.Key].Terms));
        Assert.All(model.Costs, cost => Assert.Equal(cost.Value with { Terms = read.Costs[cost.Key].Terms }, read.Costs[cost.Key]));
    }

    [Theory]
    [InlineData("lutdla-memories-1", "lutdla-memories-0", "format = \"lutdla-memories-0\": must be lutdla-memories-1.")]
    [InlineData("\"each\": 100", "\"each\": -100", "quantities[0].terms[0].each = -100: must be from 0 to 1e12.")]
    [InlineData("\"each\": 100", "\"each\": 1e300", "quantities[0].terms[0].each = 1e300: must be from 0 to 1e12.")]
    [InlineData("\"each\": 100", "\"each\": NaN", "JSON = not readable:")]
    [InlineData("\"always\"", "\"sometimes\"", "quantities[0].terms = a list: must be always, words, word bits, bits, word bits squared.")]
    [InlineData("\"area\"", "\"volume\"", "quantities[0].name = \"volume\": must be one of area, read_energy,")]
    [InlineData("\"read_energy\"", "\"write_energy\"", "quantities[2].name = \"write_energy\": must be listed once.")]
    [InlineData("\"1rw1r\"", "\"2rw\"", "ports = \"2rw\": must be one of 1rw, 1rw1r, 1r1w.")]
    [InlineData("\"least\": 16", "\"least\": 65", "words.least = 65: must be at most what most is.")]
    [InlineData("\"least\": 16", "\"least\": 0", "words.least = 0: must be from 1 to 262144.")]
    [InlineData("\"most\": 64", "\"most\": 99999999999", "words.most = 99999999999: must be from 1 to 262144.")]
    [InlineData("\"least\": 128", "\"least\": 2000", "bits = an object: must be those of macros of words and word_bits.")]
    [InlineData("\"node_nanometres\": 100", "\"node_nanometres\": 0", "node_nanometres = 0: must be above 0.")]
    [InlineData("\"macros\": 9", "\"macros\": \"nine\"", "macros = \"nine\": must be a whole number, 0 or more.")]
    [InlineData("\"note\"", "\"notes\"", "note = missing: must be there.")]
    [InlineData("{", "", "JSON = not readable:")]
    public void A_file_that_is_not_as_it_was_written_is_refused_with_where(string text, string other, string message)
    {
        var written = SramModelFile.Text(SampleMacros.Model());
        var at = written.IndexOf(text, StringComparison.Ordinal);
        var changed = string.Concat(written.AsSpan(0, at), other, written.AsSpan(at + text.Length));

        var e = Assert.Throws<InvalidInputException>(() => SramModelFile.Parse("f.json", Encoding.UTF8.GetBytes(changed)));

        Assert.StartsWith($"f.json: {message}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_that_was_cut_is_refused()
    {
        var whole = Encoding.UTF8.GetBytes(SramModelFile.Text(SampleMacros.Model()));

        // Without its last line break it is still whole.
        for (var length = 0; length < whole.Length - 1; length++)
            Assert.Throws<InvalidInputException>(() => SramModelFile.Parse("f.json", whole[..length]));
    }

    [Fact]
    public void A_model_without_an_area_is_refused()
    {
        var model = SampleMacros.Model();
        var text = SramModelFile.Text(model with { Costs = model.Costs.Where(c => c.Key != SramQuantity.Area).ToDictionary() });

        Assert.Contains(
            "quantities = a list: must have the area.",
            Assert.Throws<InvalidInputException>(() => SramModelFile.Parse("f", Encoding.UTF8.GetBytes(text))).Message,
            StringComparison.Ordinal);
    }
}
