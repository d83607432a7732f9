using LutDla.Tests;

namespace LutDla.Fuzz.Seeds;

/// <summary>Data sets in folders of their own: CIFAR-10, sequences of tokens, texts.</summary>
internal static class DataSeeds
{
    private const int CifarRecord = 1 + 3 * 32 * 32;

    public static void Write(TemporaryFolder folder)
    {
        WriteCifar(Directory.CreateDirectory(folder.File("cifar")).FullName);
        WriteTexts(Directory.CreateDirectory(folder.File("texts")).FullName);
        SampleTokenNetwork.WriteSequences(folder);
    }

    private static void WriteCifar(string folder)
    {
        var random = new Random(2);
        foreach (var name in Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin").Append("test_batch.bin"))
        {
            var records = new byte[2 * CifarRecord];
            random.NextBytes(records);
            (records[0], records[CifarRecord]) = (3, 9);
            File.WriteAllBytes(Path.Combine(folder, name), records);
        }
    }

    private static void WriteTexts(string folder)
    {
        string[] lines = ["\"the card, it does not work\",card", "where is my card ?,card", "my money is gone,money", "\"send \"\"money\"\"\",money"];
        foreach (var name in new[] { "train.csv", "test.csv" })
            File.WriteAllText(Path.Combine(folder, name), string.Join('\n', lines.Prepend("text,category")) + "\n");
    }
}
