package dev.jiggety.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void placesAreJoinedAsPeopleWriteThem() {
    assertThat(new Problem("cron", "no").under("schedule")).hasToString("schedule.cron: no");
    assertThat(new Problem("[1].on", "no").under("assert")).hasToString("assert[1].on: no");
    assertThat(new Problem("", "no").under("http")).hasToString("http: no");
    assertThat(new Problem("", "no")).hasToString("no");
  }
}
