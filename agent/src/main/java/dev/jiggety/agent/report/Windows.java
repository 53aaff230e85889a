package dev.jiggety.agent.report;

import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.report.Span;
import dev.jiggety.model.rules.report.Spans;
import java.util.List;
import java.util.function.Predicate;

/** When tests are under maintenance, as the configuration says. */
interface Windows {
  /** None at all. */
  Windows NONE =
      new Windows() {
        @Override
        public Spans of(TestDefinition test, Span span) {
          return Spans.NONE;
        }

        @Override
        public List<Announced> announced(Span span) {
          return List.of();
        }
      };

  /** The maintenance of a test that reaches into a span. */
  Spans of(TestDefinition test, Span span);

  /** Each time that a window is open in a span. */
  List<Announced> announced(Span span);

  /**
   * A time at which a window is open.
   *
   * @param title for people
   */
  record Announced(String title, Span span, Predicate<TestDefinition> covers) {}
}
