package dev.jiggety.model.rules.incident;

import dev.jiggety.model.TestDefinition;
import java.time.Instant;
import java.util.List;

/** From what the words say to what is told. */
final class Conclusions {
  private Conclusions() {}

  static List<Episode> of(TestDefinition test, Fold fold, Surroundings surroundings, Instant now) {
    return List.of();
  }
}
