await Steady.FaultAgent.Agent.Build(args).RunAsync();
