using System.Text;
using Steady.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await new Shell(Console.Out, Console.Error, TimeProvider.System, Environment.GetEnvironmentVariable).Run(args);
