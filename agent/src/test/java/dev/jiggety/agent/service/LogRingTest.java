package dev.jiggety.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Secret;
import dev.jiggety.model.LogExcerpt;
import dev.jiggety.model.LogExcerpt.Line;
import dev.jiggety.repository.HubException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogRingTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path folder;
  private final LogRing ring = new LogRing();
  private final List<LogExcerpt> told = new ArrayList<>();
  private Instant now = NOON;
  private boolean isAway;

  private void log(Level level, String text) {
    LogRecord entry = new LogRecord(level, text);
    entry.setInstant(now);
    now = now.plusMillis(1);
    ring.publish(entry);
  }

  private List<String> texts() {
    return ring.kept().lines().stream().map(Line::text).toList();
  }

  @Test
  void aTalkativeHourDoesNotPushOutTheWarning() {
    log(Level.WARNING, "the disk is nearly full");
    log(Level.FINE, "of no interest");
    for (int i = 0; i < 1_000; i++) {
      log(Level.INFO, "line " + i);
    }
    assertThat(texts()).hasSize(101).startsWith("the disk is nearly full").endsWith("line 999");
    for (int i = 0; i < 1_000; i++) {
      log(Level.SEVERE, "fault " + i);
    }
    assertThat(texts()).hasSize(100).startsWith("fault 900").endsWith("fault 999");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cannot reach https://ada:hunter2@shop/ now | hunter2
          login failed, password=hunter2, user ada    | hunter2
          sent Authorization: Bearer abcdefgh12345    | abcdefgh12345
          {"api_key": "k-123456"}                     | k-123456
          GET /?access_token=t0k3n&page=2             | t0k3n
          with Basic YWRhOmh1bnRlcjI= refused         | YWRhOmh1bnRlcjI=
          the hub's own word is s3same                | s3same
          """)
  void whatLooksLikeASecretIsMasked(String text, String secret) {
    ring.hide(Secret.of("s3same"));
    log(Level.WARNING, text);
    assertThat(texts().getFirst()).doesNotContain(secret).contains("*****");
  }

  @Test
  void longLinesAreCutAndManyBecomeOne() {
    log(Level.WARNING, "one\ntwo " + "x".repeat(1_000));
    assertThat(texts().getFirst()).startsWith("one two").hasSize(400).endsWith("…");
  }

  @Test
  void givesThemSoonAfterAWarningAndSeldomElse() {
    LogReport report = report();
    log(Level.INFO, "started");
    pass(report, Duration.ofMinutes(4));
    assertThat(told).isEmpty();
    pass(report, Duration.ofMinutes(2));
    assertThat(told).hasSize(1);
    pass(report, Duration.ofHours(1)); // nothing is new
    assertThat(told).hasSize(1);
    log(Level.WARNING, "the hub does not hear this node");
    pass(report, Duration.ofSeconds(65));
    assertThat(told).hasSize(2);
    assertThat(told.getLast().writer()).isEqualTo("north");
    assertThat(told.getLast().lines())
        .extracting(Line::text)
        .containsExactly("started", "the hub does not hear this node");
  }

  @Test
  void whatCouldNotBeGivenIsGivenLater() {
    LogReport report = report();
    log(Level.SEVERE, "a fault");
    isAway = true;
    pass(report, Duration.ofMinutes(10));
    isAway = false;
    pass(report, Duration.ofMinutes(2));
    assertThat(told).hasSize(1);
  }

  private LogReport report() {
    return new LogReport(
        "north",
        ring,
        log -> {
          if (isAway) {
            throw new HubException(HubException.Kind.UNAVAILABLE, "away");
          }
          told.add(log);
        },
        () -> now,
        new Random(1));
  }

  private void pass(LogReport report, Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plusSeconds(5);
      report.look();
    }
  }

  @Test
  void theJournalGetsPrioritiesAndNoTimes() {
    LogRecord entry = new LogRecord(Level.SEVERE, "it broke");
    entry.setThrown(new IllegalStateException("why"));
    Journal journal = new Journal();
    assertThat(journal.format(entry).lines())
        .startsWith("<3>it broke", "<3>java.lang.IllegalStateException: why")
        .allMatch(line -> line.startsWith("<3>"));
    assertThat(journal.format(new LogRecord(Level.WARNING, "mind"))).isEqualTo("<4>mind\n");
    assertThat(journal.format(new LogRecord(Level.INFO, "well"))).isEqualTo("<6>well\n");
    assertThat(journal.format(new LogRecord(Level.FINE, "details"))).isEqualTo("<7>details\n");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void knowsWhetherItsOutputIsTheJournal() throws Exception {
    Path stream = Files.createFile(folder.resolve("stream"));
    String named =
        Files.getAttribute(stream, "unix:dev") + ":" + Files.getAttribute(stream, "unix:ino");
    assertThat(Journal.isStandardError(Map.of("JOURNAL_STREAM", named), stream)).isTrue();
    assertThat(Journal.isStandardError(Map.of("JOURNAL_STREAM", "1:2"), stream)).isFalse();
    assertThat(Journal.isStandardError(Map.of(), stream)).isFalse();
    assertThat(
            Journal.isStandardError(Map.of("JOURNAL_STREAM", named), folder.resolve("no stream")))
        .isFalse();
  }
}
