System.Console.WriteLine("hmmsim");
