package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.timing.TruthProcess;
import dev.jiggety.agent.bench.timing.TruthServer;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jiggety bench truth}: the truth server of {@code jiggety bench timing}. */
@Command(
    name = "truth",
    hidden = true,
    description = {
      "Be a web server that delays each phase of an answer and says on standard output what it did.",
      "Ends with its standard input. Used by jiggety bench timing."
    })
final class BenchTruthCommand implements Callable<Integer> {
  @Option(names = "--prompt", description = "Delay nothing.")
  private boolean prompt;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("jiggety-truth");
    PrintStream out = System.out;
    try {
      TruthProcess.be(folder, prompt ? TruthServer.Delays.NONE : TruthServer.Delays.USUAL, out);
    } finally {
      Folders.remove(folder);
    }
    return ExitCode.FINE;
  }
}
