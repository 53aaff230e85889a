package dev.jiggety.desktop.bench;

import dev.jiggety.desktop.fx.Marks;
import dev.jiggety.desktop.program.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The desktop as its own process, started as users start it: from the call of the launcher to what
 * is seen. Files are warm in the system's cache after the first start, which does not count.
 */
final class ColdStart {
  /** The tests of the hub are on the screen. */
  static final String DATA = "data";

  /** So are their last results: nothing more happens after that. */
  static final String RESULTS = "results";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Program program;
  private final String hub;
  private final Path folder;
  private final String display;

  /**
   * Starts over a hub.
   *
   * @param folder for the settings of the desktops that are started
   * @param display options of the JVM that say where the window is
   */
  ColdStart(Program program, String hub, Path folder, String display) {
    this.program = program;
    this.hub = hub;
    this.folder = folder;
    this.display = display;
  }

  /** The medians of some starts: milliseconds to each mark, in the order of the marks. */
  Map<String, Double> medians(int starts, String options) throws IOException {
    once(options);
    List<Map<String, Double>> all = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      all.add(once(options));
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    all.getFirst()
        .keySet()
        .forEach(mark ->
            medians.put(
                mark,
                all.stream()
                    .mapToDouble(one -> one.getOrDefault(mark, Double.NaN))
                    .sorted()
                    .toArray()[starts / 2]));
    return medians;
  }

  /** Starts once, waits for the results, and ends it in peace: milliseconds to each mark. */
  Map<String, Double> once(String options) throws IOException {
    Path settings = Files.createTempDirectory(folder, "desktop");
    ProcessBuilder builder =
        program.builder(List.of("desktop", "--hub", hub, "--data", settings.toString()));
    builder.environment().put("JIGGETY_AOT", "off");
    builder
        .environment()
        .put("JIGGETY_JAVA_OPTS", "-D" + Marks.PROPERTY + "=true " + display + " " + options);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    long began = System.nanoTime();
    Process process = builder.start();
    Map<String, Double> marks = new LinkedHashMap<>();
    try {
      Thread.ofVirtual().start(() -> killLater(process));
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      for (String line = lines.readLine();
          line != null && !marks.containsKey(RESULTS);
          line = marks.containsKey(RESULTS) ? null : lines.readLine()) {
        if (line.startsWith("mark ")) {
          marks.put(line.substring(5), (System.nanoTime() - began) / 1e6);
        }
      }
      if (!marks.containsKey(RESULTS)) {
        throw new IOException("the desktop showed no results; it came as far as " + marks.keySet());
      }
      process.destroy();
      process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return marks;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Program.kill(process);
    }
  }

  private static void killLater(Process process) {
    try {
      if (!process.waitFor(PATIENCE)) {
        Program.kill(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
