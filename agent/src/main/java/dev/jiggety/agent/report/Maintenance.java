package dev.jiggety.agent.report;

import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.Windows;
import dev.jiggety.model.rules.report.Span;
import dev.jiggety.model.rules.report.Spans;
import java.util.ArrayList;
import java.util.List;

/** When tests are under maintenance, as the windows in force say. */
final class Maintenance {
  private final List<Window> windows;

  Maintenance(List<Window> windows) {
    this.windows = windows.stream().filter(Window::active).toList();
  }

  /** The maintenance of a test that reaches into a span. */
  Spans of(TestDefinition test, Span span) {
    List<Span> spans = new ArrayList<>();
    windows.stream()
        .filter(window -> window.isAbout(test))
        .forEach(window -> spans.addAll(open(window, span)));
    return Spans.of(spans).within(span);
  }

  /** Each time that a window is open in a span, whole. */
  List<Announced> announced(Span span) {
    List<Announced> announced = new ArrayList<>();
    for (Window window : windows) {
      open(window, span).forEach(open -> announced.add(new Announced(window, open)));
    }
    return announced;
  }

  private static List<Span> open(Window window, Span span) {
    return Windows.spans(window, span.from(), span.to()).stream()
        .map(open -> new Span(open.from(), open.to()))
        .toList();
  }

  /** A time at which a window is open. */
  record Announced(Window window, Span span) {}
}
