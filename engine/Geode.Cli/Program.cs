using System.CommandLine;

return await new RootCommand("Answers questions about a planet, from its geode.json.").Parse(args).InvokeAsync();
