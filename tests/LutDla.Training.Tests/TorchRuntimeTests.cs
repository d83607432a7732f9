using LutDla.Networks.Runtime;
using TorchSharp;

namespace LutDla.Training.Tests;

public sealed class TorchRuntimeTests
{
    private static readonly string Library = Path.Combine(TorchRuntime.NativeFolder ?? "", "libLibTorchSharp.so");

    private static readonly byte[] NoStandardLibrary = [];

    [Fact]
    public void Libtorch_loads_and_adds()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        using var sum = torch.ones(3) + torch.ones(3);
        Assert.Equal([2f, 2f, 2f], sum.data<float>().ToArray());
        Assert.Equal(1, torch.get_num_threads());
    }

    [Fact]
    public void The_package_asks_the_standard_library_for_a_version_that_older_systems_lack() =>
        Assert.Contains(
            ElfVersionNeeds.Read(File.ReadAllBytes(Library)), need => need is { Library: "libstdc++.so.6", Version: "GLIBCXX_3.4.32" });

    [Fact]
    public void Marking_a_need_weak_changes_its_flags_and_nothing_else()
    {
        var original = File.ReadAllBytes(Library);
        var patched = (byte[])original.Clone();
        var need = ElfVersionNeeds.Read(original).Single(need => need.Version == "GLIBCXX_3.4.32");

        ElfVersionNeeds.MarkWeak(patched, need);

        var changed = Enumerable.Range(0, original.Length).Where(i => original[i] != patched[i]).ToList();
        Assert.Equal([need.FlagsOffset], changed);
        Assert.Equal(2, patched[need.FlagsOffset]);
        Assert.Equal(ElfVersionNeeds.Read(original), ElfVersionNeeds.Read(patched));
    }

    [Fact]
    public void Only_versions_that_the_standard_library_lacks_become_weak()
    {
        var original = File.ReadAllBytes(Library);
        var needs = ElfVersionNeeds.Read(original).Where(need => need.Library == "libstdc++.so.6").ToList();
        byte[] complete = [0, .. needs.SelectMany(need => System.Text.Encoding.ASCII.GetBytes(need.Version + '\0'))];

        Assert.Equal(original, TorchRuntime.Weaken((byte[])original.Clone(), complete));
        var weakened = TorchRuntime.Weaken((byte[])original.Clone(), NoStandardLibrary);
        Assert.Equal(needs.Count, Enumerable.Range(0, original.Length).Count(i => original[i] != weakened[i]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void A_cut_library_is_refused(int length) =>
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Read(File.ReadAllBytes(Library).AsSpan(0, length)));

    [Fact]
    public void A_file_of_another_kind_is_refused() =>
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Read(new byte[1000]));
}
