using LutDla.Benchmarks;

GoldenBenchmark.Run(Console.Out);
