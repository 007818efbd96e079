using System.Text;
using HmmSim.Explorer.Schedules;

namespace HmmSim.Explorer.Reports;

/// <summary>A schedule as an xUnit test that replays it: for the test project of whoever mends the bug.</summary>
public static class TestBody
{
    /// <summary>
    /// The text of a C# file. The test passes as long as the bug is there; turn its last line round when it is mended.
    /// </summary>
    public static string Write(Schedule schedule, string models = "ModelRegistry.BuiltIn")
    {
        string name = NameOf($"{schedule.Configuration.Model} violates {schedule.Property}");
        string text = string.Join('\n', ScheduleWriter.Write(schedule).TrimEnd().Split('\n').Select(line => "        " + line));
        return $$""""
            using HmmSim.Explorer.Configurations;
            using HmmSim.Explorer.Schedules;
            using Xunit;

            namespace RaceTests;

            public sealed class {{name}}
            {
                private const string Schedule = """
            {{text}}

                    """;

                [Fact]
                public void The_recorded_run_still_violates_the_property()
                {
                    ReplayResult result = ScheduleReplay.Run(ScheduleParser.Parse(Schedule, "the schedule of this test"), {{models}});
                    Assert.True(result.Outcome == ReplayOutcome.Reproduced, result.Message);
                }
            }

            """".ReplaceLineEndings("\n");
    }

    private static string NameOf(string sentence)
    {
        StringBuilder name = new();
        foreach (char letter in sentence)
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        name[0] = char.ToUpperInvariant(name[0]);
        return name.ToString();
    }
}
