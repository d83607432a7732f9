using System.Security.Cryptography;
using System.Text;
using CsCheck;
using LutDla.Boundary;
using LutDla.Golden.Artefact;
using LutDla.Golden.Safetensors;

namespace LutDla.Tests.Golden;

public sealed class ArtefactChecksumTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("network.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_flipped_bit_is_refused()
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        var whole = File.ReadAllBytes(FilePath);
        // Blanks fill the header up: a tab means as little.
        var headerEnd = whole.AsSpan().LastIndexOf("}}"u8) + 2;

        Gen.Int[0, whole.Length * 8 - 1].Where(bit => bit / 8 < headerEnd || whole[bit / 8] != ' ').Sample(bit =>
        {
            var bytes = whole.ToArray();
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(FilePath, bytes);
            Assert.Single(Assert.Throws<InvalidInputException>(() => ArtefactFile.Read(FilePath)).Problems);
        }, iter: 500, threads: 1);
    }

    [Fact]
    public void A_changed_table_entry_does_not_pass_for_the_network_that_was_written()
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        var (metadata, tensors) = ArtefactContents.Read(FilePath);
        var at = Array.FindIndex(tensors, t => t.Name == "conv.tables");
        var entries = tensors[at].Bytes.ToArray();
        entries[7] ^= 1;
        tensors[at] = tensors[at] with { Bytes = entries };
        SafetensorsWriter.Write(FilePath, metadata, tensors);

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => ArtefactFile.Read(FilePath)).Problems);

        Assert.Equal(("__metadata__.sha256", metadata["sha256"]), (problem.Key, problem.Value));
        Assert.Contains("changed or damaged", problem.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_a_checksum_is_refused()
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        var (metadata, tensors) = ArtefactContents.Read(FilePath);
        metadata.Remove("sha256");
        SafetensorsWriter.Write(FilePath, metadata, tensors);

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => ArtefactFile.Read(FilePath)).Problems);

        Assert.Equal(("__metadata__.sha256", "missing"), (problem.Key, problem.Value));
    }

    [Fact]
    public void The_checksum_is_that_of_the_documents_whatever_the_order_of_tensors_in_the_file()
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        var (metadata, tensors) = ArtefactContents.Read(FilePath);

        // As docs/artefact.md says it, written down once more.
        var said = new MemoryStream();
        foreach (var key in new[] { "format", "graph", "version" })
            said.Write(Encoding.UTF8.GetBytes($"{key}\0{metadata[key]}\0"));
        foreach (var tensor in tensors.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            said.Write(Encoding.UTF8.GetBytes($"{tensor.Name}\0{tensor.Type.Name()} [{string.Join(", ", tensor.Shape)}]\0"));
            said.Write(tensor.Bytes.Span);
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(said.ToArray())), metadata["sha256"]);
    }
}
