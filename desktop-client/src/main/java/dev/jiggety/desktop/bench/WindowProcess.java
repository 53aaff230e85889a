package dev.jiggety.desktop.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.desktop.program.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs {@link WindowBench} as a process with the options of this one, and hears its figures. */
final class WindowProcess {
  private WindowProcess() {}

  /** Measures it all; comes back with its end. */
  static void measure(
      BenchReport report, Site site, Path folder, List<String> scale, String display)
      throws IOException {
    Process process =
        new ProcessBuilder(command(site, folder, scale, display))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Writer answers = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(JsonParser.parseString(line).getAsJsonObject(), report, site, answers);
      }
      if (process.waitFor() != 0) {
        throw new IOException("the window did not come to its end; see above");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Program.kill(process);
    }
  }

  private static void hear(JsonObject line, BenchReport report, Site site, Writer answers)
      throws IOException {
    if (line.has("pour")) {
      site.pour(line.get("pour").getAsInt(), Duration.ofSeconds(line.get("seconds").getAsLong()));
      answers.write(site.poured() + "\n");
      answers.flush();
    } else {
      report.figure(
          line.get("name").getAsString(),
          line.get("value").getAsDouble(),
          line.get("unit").getAsString());
    }
  }

  private static List<String> command(Site site, Path folder, List<String> scale, String display) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of(display.split(" ")));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), WindowBench.class.getName()));
    command.addAll(List.of(folder.toString(), site.hub()));
    command.addAll(scale);
    return command;
  }
}
