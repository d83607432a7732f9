using System.Globalization;
using System.Xml.Linq;
using LutDla.Boundary;
using LutDla.Rtl.Cosimulation;

namespace LutDla.Cli.Output;

/// <summary>A co-simulation in the form that continuous integration shows: a test case a layer.</summary>
internal static class JUnitFile
{
    public static void Write(string path, string suite, IReadOnlyList<LayerResult> layers)
    {
        var document = new XDocument(new XElement(
            "testsuites",
            new XElement(
                "testsuite",
                new XAttribute("name", suite),
                new XAttribute("tests", layers.Count),
                new XAttribute("failures", layers.Count(l => !l.IsEqual)),
                layers.Select(layer => Case(suite, layer)))));
        AtomicFile.Write(path, document.Save);
    }

    private static XElement Case(string suite, LayerResult layer) => new(
        "testcase",
        new XAttribute("classname", suite),
        new XAttribute("name", layer.Name),
        new XAttribute("time", layer.RunTime.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture)),
        layer.IsEqual ? null : new XElement("failure", new XAttribute("message", Message(layer))));

    private static string Message(LayerResult layer) => string.Join(" ", new[] { layer.Failure, layer.Mismatch?.ToString() }.OfType<string>());
}
