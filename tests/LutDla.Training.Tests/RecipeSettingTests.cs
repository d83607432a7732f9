using LutDla.Boundary;
using LutDla.Networks.Definitions;
using LutDla.Training.Recipe;

namespace LutDla.Training.Tests;

public sealed class RecipeSettingTests
{
    /// <summary>Every setting with a value that no preset has.</summary>
    public static TheoryData<string> Settings => new(RecipeSetting.Keys);

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_setting_changes_the_recipe_under_the_name_that_range_checks_give(string key)
    {
        var deep = ConversionOptions.Deep;
        Assert.NotEqual(RecipeSetting.Apply(deep, [$"{key}=0"]), RecipeSetting.Apply(deep, [$"{key}=1"]));
        if (key is "batch_normalisation" or "augmentation.mirror" or "refit.by_sensitivity") return;

        var network = Architectures.Build(Architecture.ResNet8, 28, 28, 1, 10);
        var wrong = RecipeSetting.Apply(
            deep, [$"{key}={(key is "learning_rate" or "following_share" or "label_share" or "block_share" ? "1.5" : "2000000000")}"]);
        if (!key.StartsWith("refit.", StringComparison.Ordinal) || key == "refit.ridge")
            Assert.Equal(key, Assert.Single(Assert.Throws<InvalidInputException>(() => wrong.Check(network)).Problems).Key);
    }

    [Fact]
    public void Later_settings_win()
    {
        var changed = RecipeSetting.Apply(
            ConversionOptions.Deep, ["learning_rate=1e-3", "refit.rows=100", "learning_rate=4e-3", "batch_normalisation=0"]);
        Assert.Equal(4e-3, changed.FineTuning.LearningRate);
        Assert.Equal(100, changed.Refit.Rows);
        Assert.False(changed.FineTuning.BatchNormalisation);
    }

    [Theory]
    [InlineData("learningrate=1", "learningrate", "There is no such setting.")]
    [InlineData("learning_rate", "learning_rate", "It must be a number.")]
    [InlineData("learning_rate=fast", "learning_rate", "It must be a number.")]
    [InlineData("learning_rate=NaN", "learning_rate", "It must be a number.")]
    [InlineData("batch_images=1.5", "batch_images", "It must be a whole number from 0 to 2147483647.")]
    [InlineData("batch_images=-1", "batch_images", "It must be a whole number from 0 to 2147483647.")]
    [InlineData("batch_normalisation=2", "batch_normalisation", "It must be a whole number from 0 to 1.")]
    [InlineData("=", "", "There is no such setting.")]
    public void Assignments_that_are_none_are_refused(string assignment, string key, string rule)
    {
        var problem = Assert.Single(
            Assert.Throws<InvalidInputException>(() => RecipeSetting.Apply(ConversionOptions.Deep, [assignment])).Problems);
        Assert.Equal((key, rule), (problem.Key, problem.Rule));
    }
}
