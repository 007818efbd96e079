using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Tests;

/// <summary>The threads of a search do each piece of work together, and a failure of one ends the piece for all.</summary>
public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Each_thread_does_its_share_of_each_piece_before_the_next_begins(int size)
    {
        using WorkerTeam team = new(size);
        int[] done = new int[size];
        for (int piece = 0; piece < 200; piece++)
        {
            team.Run(number => done[number]++);
            Assert.All(done, count => Assert.Equal(piece + 1, count));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void What_one_thread_throws_reaches_the_caller_once_and_the_others_finish(int failing)
    {
        using WorkerTeam team = new(3);
        int[] done = new int[3];
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => team.Run(number =>
        {
            done[number]++;
            if (number == failing)
            {
                throw new InvalidOperationException($"thread {number}");
            }
        }));
        Assert.Equal($"thread {failing}", thrown.Message);
        team.Run(number => done[number]++);
        Assert.Equal([2, 2, 2], done);
    }
}
