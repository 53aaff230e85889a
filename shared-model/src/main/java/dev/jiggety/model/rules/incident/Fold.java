package dev.jiggety.model.rules.incident;

import dev.jiggety.model.TestDefinition;
import java.time.Instant;

/** The state of the verdict over time. */
final class Fold {
  private final TestDefinition test;
  private final Instant from;

  Fold(TestDefinition test, Instant from) {
    this.test = test;
    this.from = from;
  }

  Fold copy() {
    return new Fold(test, from);
  }

  void take(Word word) {}

  void advance(Instant now) {}

  void forget(Instant before) {}
}
