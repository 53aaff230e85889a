package dev.jiggety.agent.cli;

import dev.jiggety.agent.importing.BlackboxImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jiggety import blackbox}: modules of the blackbox exporter and what they are used on. */
@Command(
    name = "blackbox",
    description = "Modules of Prometheus' blackbox exporter, with their targets.",
    footer = {
      "%nExamples:",
      "  jiggety import blackbox blackbox.yml --targets prometheus.yml --out tests/",
      "  jiggety import blackbox blackbox.yml --target http_2xx=https://shop.example/"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ImportBlackboxCommand implements Callable<Integer> {
  @Mixin private ImportOutput output;

  @Parameters(paramLabel = "FILE", description = "The exporter's file with its modules.")
  private Path file;

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description = "Prometheus' own file: its scrape_configs name modules and targets.")
  private @Nullable Path prometheus;

  @Option(
      names = "--target",
      paramLabel = "MODULE=TARGET",
      description = "One target more for a module; may be given again.")
  private List<String> targets = List.of();

  @Override
  public Integer call() throws IOException {
    String modules = ImportOutput.text(file);
    String scraped = prometheus == null ? null : ImportOutput.text(prometheus);
    List<BlackboxImport.Use> uses = targets.stream().map(ImportBlackboxCommand::use).toList();
    return output.write(file.toString(), () -> BlackboxImport.read(modules, scraped, uses));
  }

  private static BlackboxImport.Use use(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new CliException(
          ExitCode.USAGE, "--target " + text + ": write MODULE=TARGET, like http_2xx=shop.example");
    }
    return new BlackboxImport.Use(
        text.substring(0, equals), text.substring(equals + 1), null, List.of());
  }
}
