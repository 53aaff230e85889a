package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.model.Check;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Hiccups;
import dev.jiggety.model.rules.Statistics;
import java.util.ArrayList;
import java.util.List;

/** One run for people, and for programs. */
final class RunText {
  private RunText() {}

  /** All of it, pictures too. */
  static JsonObject json(Run run) {
    JsonObject object = BatchDocument.write(run);
    object.addProperty("node", run.node());
    return object;
  }

  static List<String> lines(TestDefinition test, Run run) {
    Ansi ansi = Ansi.detect();
    List<String> lines = new ArrayList<>();
    lines.add(ansi.bold(test.name()) + "  " + ansi.verdict(run.verdict()));
    String url = test.check() instanceof Check.Http http ? http.url() : test.id();
    run.retried().forEach(sample -> lines.addAll(sample(sample, url, "tried again", ansi)));
    run.samples().forEach(sample -> lines.addAll(sample(sample, url, "", ansi)));
    if (run.samples().size() > 1) {
      Statistics times =
          Statistics.of(Hiccups.leaveOut(run.samples()).stream().map(Sample::total).toList());
      lines.add(
          "  "
              + times.count()
              + " samples: min "
              + Times.millis(times.min())
              + ", median "
              + Times.millis(times.median())
              + ", max "
              + Times.millis(times.max())
              + ", deviation "
              + Times.millis(times.deviation()));
    }
    return lines;
  }

  private static List<String> sample(Sample sample, String url, String note, Ansi ansi) {
    List<String> lines = new ArrayList<>(Waterfall.of(sample, url));
    if (sample.failure() != null) {
      String retried = note.isEmpty() ? "" : " (" + note + ")";
      lines.add(
          "  "
              + ansi.red(sample.failure().kind().label() + ": " + sample.failure().text())
              + retried);
    }
    lines.addAll(FindingsText.of(sample, FindingsText.terminalWidth(System.getenv())));
    return lines;
  }
}
