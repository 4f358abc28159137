using Geode.Router;
using Geode.Router.Configuration;

try
{
    await using var app = RouterApp.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception error) when (StartupError.Describe(error) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 2;
}
