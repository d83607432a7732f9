using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using LutDla.Boundary;

namespace LutDla.Cli.Output;

/// <summary>A case of a report.</summary>
/// <param name="Failure">What is wrong; nothing if it passed.</param>
internal sealed record JUnitCase(string Name, TimeSpan Time, string? Failure);

/// <summary>Results in the form that continuous integration shows: UTF-8 without a byte order mark.</summary>
internal static class JUnitFile
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n",
    };

    public static void Write(string path, string suite, IReadOnlyList<JUnitCase> cases)
    {
        var document = new XDocument(new XElement(
            "testsuites",
            new XElement(
                "testsuite",
                new XAttribute("name", suite),
                new XAttribute("tests", cases.Count),
                new XAttribute("failures", cases.Count(c => c.Failure is not null)),
                cases.Select(c => Case(suite, c)))));
        AtomicFile.Write(path, stream =>
        {
            using var writer = XmlWriter.Create(stream, Settings);
            document.Save(writer);
        });
    }

    private static XElement Case(string suite, JUnitCase one) => new(
        "testcase",
        new XAttribute("classname", suite),
        new XAttribute("name", one.Name),
        new XAttribute("time", one.Time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture)),
        one.Failure is null ? null : new XElement("failure", new XAttribute("message", one.Failure)));
}
