package dev.jiggety.desktop.bench;

import dev.jiggety.bench.BenchReport;
import dev.jiggety.desktop.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code jiggety bench desktop}: starts all the parts and gathers their figures. */
public final class DesktopBench {
  private static final int MISSED = 1;
  private static final int USAGE_ERROR = 2;
  private static final String HEADLESS = "-Dglass.platform=Headless";

  /** Machines without a graphics card are the slow ones. */
  private static final String SOFTWARE = "-Dprism.order=sw";

  private DesktopBench() {}

  public static void main(String[] words) {
    System.exit(run(List.of(words)));
  }

  private static int run(List<String> words) {
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(Scale.USAGE);
      return 0;
    }
    boolean lineAlone = words.contains("--json");
    List<String> rest = words.stream().filter(word -> !word.equals("--json")).toList();
    try {
      BenchReport report = measure(Scale.parse(rest), rest);
      if (!lineAlone) {
        report.lines().forEach(System.out::println);
      }
      System.out.println(report.toJson());
      return report.isMet() ? 0 : MISSED;
    } catch (IllegalArgumentException e) {
      System.err.println("jiggety bench desktop: " + e.getMessage());
      return USAGE_ERROR;
    } catch (IOException e) {
      System.err.println("jiggety bench desktop: " + e.getMessage());
      return MISSED;
    }
  }

  private static BenchReport measure(Scale scale, List<String> words) throws IOException {
    Program program =
        Program.find()
            .orElseThrow(() ->
                new IOException("the program jiggety is not found; start this by the launcher"));
    String display = display();
    BenchReport report =
        new BenchReport("desktop")
            .parameter("tests", scale.tests())
            .parameter("nodes", scale.nodes())
            .parameter("days", scale.days())
            .parameter("points", scale.points())
            .parameter("starts", scale.starts())
            .parameter("display", display);
    Path folder = Files.createTempDirectory("jiggety-bench");
    try (Site site = Site.start(program, scale)) {
      coldStarts(report, new ColdStart(program, site.hub(), folder, display), scale, folder);
      WindowProcess.measure(report, site, folder.resolve("window"), words, display);
    } finally {
      remove(folder);
    }
    return report;
  }

  /** Without any help first, then with a cache that is trained for it. */
  private static void coldStarts(BenchReport report, ColdStart start, Scale scale, Path folder)
      throws IOException {
    Map<String, Double> plain = start.medians(scale.starts(), "");
    plain.forEach((mark, millis) -> report.figure("cold start to " + mark, millis, "ms"));
    Path cache = folder.resolve("desktop.aot");
    start.once("-XX:AOTCacheOutput=" + cache);
    if (Files.exists(cache)) {
      Map<String, Double> cached = start.medians(scale.starts(), "-XX:AOTCache=" + cache);
      cached.forEach(
          (mark, millis) -> report.figure("cold start to " + mark + ", AOT cache", millis, "ms"));
      report.figure("AOT cache", Files.size(cache) / (double) (1 << 20), "MiB");
    } else {
      report.notMeasured("cold start to data, AOT cache", "this JVM made no cache");
    }
  }

  private static String display() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean hasWindows = os.contains("win") || os.contains("mac");
    return hasWindows || System.getenv("DISPLAY") != null ? SOFTWARE : HEADLESS + " " + SOFTWARE;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
