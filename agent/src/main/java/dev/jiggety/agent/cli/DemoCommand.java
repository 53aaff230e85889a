package dev.jiggety.agent.cli;

import dev.jiggety.agent.demo.Demo;
import dev.jiggety.agent.demo.DemoReport;
import dev.jiggety.repository.HubFeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety demo}: all of it on this machine. */
@Command(
    name = "demo",
    subcommands = DemoTrialCommand.class,
    description = {
      "Start a hub, a patch manager, three nodes and a small shop to watch, all on this machine.",
      "The shop slows down, fails, hangs, cuts connections and heals on a timetable. Every half",
      "minute the tests are changed by a patch, now and then by a bad one, which its canary turns",
      "back. Opens the desktop where there is a display. Ctrl-C stops it all."
    },
    footer = {"%nExample:", "  jiggety demo --headless --for 60s"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DemoCommand implements Callable<Integer> {
  private static final Duration REDRAW = Duration.ofSeconds(1);
  private static final int LAST_PATCHES = 4;

  @Spec private CommandSpec spec;

  @Option(names = "--headless", description = "Do not open the desktop.")
  private boolean headless;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "End by itself after this time, like 60s, and print a summary.")
  private @Nullable Duration time;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "TCP port of the hub (default: any free one).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where to keep everything (default: a temporary folder, removed at the end).")
  private @Nullable Path data;

  @Option(names = "--json", description = "Print nothing but the summary, as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Logging.hush();
    try (Lifetime lifetime = Lifetime.begin()) { // the process stays until the folder is gone
      Path folder = data == null ? Files.createTempDirectory("jiggety-demo") : data;
      try {
        return report(run(folder, lifetime));
      } finally {
        if (data == null) {
          Folders.remove(folder);
        }
      }
    }
  }

  private int report(DemoReport report) {
    if (json) {
      spec.commandLine().getOut().println(report.toJson());
    } else {
      report.lines().forEach(spec.commandLine().getOut()::println);
    }
    return report.isComplete() ? ExitCode.FINE : ExitCode.BAD;
  }

  private DemoReport run(Path folder, Lifetime lifetime) throws IOException {
    Overview overview = new Overview();
    Queue<String> news = new ConcurrentLinkedQueue<>();
    try (Demo demo = Demo.start(folder, port, news::add)) {
      try (HubFeed.Subscription _ = demo.follow(overview);
          DesktopProcess _ = openDesktop(demo)) {
        if (!json) {
          spec.commandLine().getOut().println("hub is listening on " + demo.url());
        }
        show(demo, overview, news, lifetime);
      }
      return demo.finish();
    }
  }

  private DesktopProcess openDesktop(Demo demo) {
    return headless || json
        ? DesktopProcess.NONE
        : DesktopProcess.open(demo.url(), demo.operatorKeyFile());
  }

  private void show(Demo demo, Overview overview, Queue<String> news, Lifetime lifetime) {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Instant> end = Optional.ofNullable(time).map(Instant.now()::plus);
    LiveTable table = new LiveTable(Ansi.detect());
    boolean signalled = false;
    while (!signalled && end.map(Instant.now()::isBefore).orElse(true)) {
      Duration left = end.map(at -> Duration.between(Instant.now(), at)).orElse(REDRAW);
      signalled = lifetime.await(left.compareTo(REDRAW) < 0 ? left : REDRAW);
      if (!json) {
        List<String> lines =
            table.update(overview, demo.patchLines(LAST_PATCHES), drain(news), Instant.now());
        lines.forEach(out::println);
        out.flush();
      }
    }
  }

  private static List<String> drain(Queue<String> news) {
    List<String> lines = new ArrayList<>();
    for (String line = news.poll(); line != null; line = news.poll()) {
      lines.add(line);
    }
    return lines;
  }
}
