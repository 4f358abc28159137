using Geode.Control.Processes;

namespace Geode.Control.Tests.Processes;

public class LogLineTests
{
    [Theory]
    [InlineData("Trace", false)]
    [InlineData("Debug", false)]
    [InlineData("Information", false)]
    [InlineData("Warning", true)]
    [InlineData("Error", true)]
    [InlineData("Critical", true)]
    public void Warnings_and_worse_are_noteworthy(string level, bool noteworthy) =>
        Assert.Equal(noteworthy, LogLine.Parse("api", $$"""{"LogLevel":"{{level}}","Message":"m"}""", false).IsNoteworthy);

    [Theory]
    [InlineData("plain text")]
    [InlineData("{ not json")]
    [InlineData("""{"Message":"no level"}""")]
    [InlineData("""{"LogLevel":4}""")]
    [InlineData("")]
    public void Anything_else_is_text_that_nobody_needs_to_see(string line) =>
        Assert.Equal(new LogLine("api", null, line), LogLine.Parse("api", line, false));

    [Fact]
    public void Standard_error_is_an_error_unless_it_is_a_record_or_empty()
    {
        Assert.True(LogLine.Parse("api", "Unhandled exception.", true).IsNoteworthy);
        Assert.False(LogLine.Parse("api", """{"LogLevel":"Information","Message":"m"}""", true).IsNoteworthy);
        Assert.False(LogLine.Parse("api", "", true).IsNoteworthy);
    }
}
