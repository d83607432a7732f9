using LutDla.Rtl.Rendering;

namespace LutDla.Tests.Rendering;

public sealed class TemplateRendererTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lutdla-templates-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Properties_are_snake_case_and_bus_writes_a_range() =>
        Assert.Equal("wire [31:0] x; // v4", Render("wire {{ bus pe.vector_bits }} x; // v{{ pe.vector_length }}",
            new { Pe = new { VectorBits = 32, VectorLength = 4 } }));

    [Theory]
    [InlineData("{{ pe.vectr_bits }}", "vectr_bits")]
    [InlineData("{{ p.vector_bits }}", "p")]
    [InlineData("{{ pe.vector_bits.low }}", "low")]
    [InlineData("{{ bus pe.nothing }}", "nothing")]
    [InlineData("{{ list[3] }}", "list")]
    [InlineData("{{ include 'absent.scriban' }}", "absent.scriban")]
    public void A_name_that_the_model_lacks_is_an_error(string template, string named)
    {
        var e = Assert.Throws<TemplateException>(() => Render(template, new { Pe = new { VectorBits = 32 }, List = new[] { 1, 2 } }));
        Assert.Contains("t.scriban", e.Message, StringComparison.Ordinal);
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replication_inside_a_concatenation_is_an_error_not_an_empty_text() =>
        Assert.Contains(
            "does not parse", Assert.Throws<TemplateException>(() => Render("{{N{1'b0}}, x}", new { })).Message, StringComparison.Ordinal);

    [Fact]
    public void Loops_have_no_limit() =>
        Assert.Equal(5000, Render("{{ for word in words }}0{{ end }}", new { Words = Enumerable.Range(0, 5000) }).Length);

    [Fact]
    public void Includes_are_relative_to_the_template_directory_and_see_the_model()
    {
        Directory.CreateDirectory(Path.Combine(_directory.FullName, "part"));
        File.WriteAllText(Path.Combine(_directory.FullName, "part", "a.scriban"), "{{ n }}");
        Assert.Equal("<7>", Render("<{{ include 'part/a.scriban' }}>", new { N = 7 }));
    }

    [Fact]
    public void A_missing_file_names_itself_and_the_folder() =>
        Assert.Contains(
            _directory.FullName, Assert.Throws<TemplateException>(() => new TemplateRenderer(_directory.FullName).Copy("x.v")).Message,
            StringComparison.Ordinal);

    private string Render(string text, object model)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "t.scriban"), text);
        return new TemplateRenderer(_directory.FullName).Render("t.scriban", model);
    }
}
