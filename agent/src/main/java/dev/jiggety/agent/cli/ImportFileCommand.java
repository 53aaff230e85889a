package dev.jiggety.agent.cli;

import dev.jiggety.agent.importing.GatusImport;
import dev.jiggety.agent.importing.HarImport;
import dev.jiggety.agent.importing.Imported;
import dev.jiggety.agent.importing.KumaImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jiggety import SOURCE FILE}, for sources of one file. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
abstract class ImportFileCommand implements Callable<Integer> {
  @Mixin private ImportOutput output;

  @Parameters(paramLabel = "FILE", description = "The file to read.")
  private Path file;

  private final Function<String, Imported> reader;

  ImportFileCommand(Function<String, Imported> reader) {
    this.reader = reader;
  }

  @Override
  public Integer call() throws IOException {
    String text = ImportOutput.text(file);
    return output.write(file.toString(), () -> reader.apply(text));
  }

  @Command(
      name = "har",
      description = "A browser's recording (HAR): one test that repeats what was done.",
      footer = {"%nExample:", "  jiggety import har checkout.har --out tests/"})
  static final class Har extends ImportFileCommand {
    Har() {
      super(HarImport::read);
    }
  }

  @Command(
      name = "kuma",
      description = "A backup of Uptime Kuma (JSON).",
      footer = {"%nExample:", "  jiggety import kuma Uptime_Kuma_Backup.json --out tests/"})
  static final class Kuma extends ImportFileCommand {
    Kuma() {
      super(KumaImport::read);
    }
  }

  @Command(
      name = "gatus",
      description = "The endpoints of a configuration of Gatus (YAML).",
      footer = {"%nExample:", "  jiggety import gatus config.yaml --out tests/"})
  static final class Gatus extends ImportFileCommand {
    Gatus() {
      super(GatusImport::read);
    }
  }
}
