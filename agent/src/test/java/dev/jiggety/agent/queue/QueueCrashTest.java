package dev.jiggety.agent.queue;

import static dev.jiggety.agent.queue.Listener.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, killed and frozen in the middle of their work: one that puts patches, two that
 * take them, and a broker. More rounds: {@code -Djiggety.crash.rounds=100}.
 */
class QueueCrashTest {
  private static final int ROUNDS = Integer.getInteger("jiggety.crash.rounds", 1);

  @TempDir Path folder;
  private final Chronicle chronicle = new Chronicle();
  private final List<AutoCloseable> open = new ArrayList<>();
  private String url;
  private int safe;

  @AfterEach
  void endAll() throws Exception {
    for (AutoCloseable process : open.reversed()) {
      process.close();
    }
  }

  @Test
  void nothingIsLostDoubledOrReorderedWhenProcessesAreKilled() throws Exception {
    TestBroker broker = broker();
    Child putting = putting();
    Child first = taking();
    first.awaitLine("active");
    Child second = taking();
    for (int round = 0; round < ROUNDS; round++) {
      awaitProgress(first, putting);
      first.kill(); // the active one
      chronicle.add(first.lines());
      first = second;
      first.awaitLine("active");
      second = taking();

      awaitProgress(first, putting);
      putting.kill();
      noteSafe(putting);
      putting = putting();

      awaitProgress(first, putting);
      broker.kill();
      first.awaitLine("passive");
      broker.startAgain();
      Child active = awaitOneActiveAgain(first, second);
      second = active.equals(first) ? second : first;
      first = active;
    }
    awaitProgress(first, putting);
    putting.kill();
    noteSafe(putting);
    Child last = first;
    soon("it").until(() -> says(last, "out " + safe) > 0);
    first.kill();
    second.kill();
    chronicle.add(first.lines());
    chronicle.add(second.lines());
    chronicle.check(safe, 2 * ROUNDS);
    assertThat(chronicle.delivered()).isGreaterThan(40L * ROUNDS);
  }

  @Test
  void nothingIsLostDoubledOrReorderedWhenTheProcessDiesTogetherWithItsBroker() {
    for (int life = 0; life <= ROUNDS; life++) {
      Child child = Child.start(EmbeddedLife.class, folder.toString(), "" + (safe + 1));
      open.add(child);
      awaitProgress(child, child);
      child.kill();
      noteSafe(child);
      chronicle.add(child.lines());
    }
    Child last = Child.start(EmbeddedLife.class, folder.toString(), "" + (safe + 1));
    open.add(last);
    soon("it").until(() -> says(last, "out " + (safe + 1)) > 0);
    last.kill();
    chronicle.add(last.lines());
    chronicle.check(safe, ROUNDS + 1);
  }

  @Test
  void aFrozenOneIsRelievedAndGetsInLineAgainWhenItThaws() throws Exception {
    broker();
    Child putting = putting();
    Child first = taking();
    first.awaitLine("active");
    Child second = taking();
    for (int round = 0; round < ROUNDS; round++) {
      awaitProgress(first, putting);
      long passive = says(first, "passive");
      long active = says(second, "active");
      first.freeze();
      Child next = second;
      soon("it").until(() -> says(next, "active") > active);
      awaitProgress(second, putting);
      first.thaw();
      Child zombie = first;
      soon("it").until(() -> says(zombie, "passive") > passive);
      second = zombie;
      first = next;
    }
    putting.kill();
    noteSafe(putting);
    Child last = first;
    soon("it").until(() -> says(last, "out " + safe) > 0);
    first.kill();
    second.awaitLine("active"); // it stands in line, as the thawed one that it is
    second.kill();
    chronicle.add(first.lines());
    chronicle.add(second.lines());
    assertThat(chronicle.delivered()).isGreaterThanOrEqualTo(safe);
  }

  @Test
  void aBrokerThatIsFrozenMakesTheActiveOnePassiveUntilItThaws() throws Exception {
    TestBroker broker = broker();
    Child putting = putting();
    Child taking = taking();
    awaitProgress(taking, putting);
    broker.process().freeze();
    taking.awaitLine("passive");
    broker.process().thaw();
    soon("it").until(() -> says(taking, "active") > 1);
    awaitProgress(taking, putting);
    putting.kill();
    noteSafe(putting);
    soon("it").until(() -> says(taking, "out " + safe) > 0);
    taking.kill();
    chronicle.add(taking.lines());
    chronicle.check(safe, 1);
  }

  private TestBroker broker() throws Exception {
    TestBroker broker = TestBroker.plain(folder);
    open.add(broker);
    url = broker.config().url().toString();
    return broker;
  }

  private Child putting() {
    Child child = Child.start(PuttingProcess.class, url, "" + (safe + 1));
    open.add(child);
    return child;
  }

  private Child taking() {
    Child child = Child.start(TakingProcess.class, url);
    open.add(child);
    return child;
  }

  /** Waits until both have got on, so that what follows strikes in the middle. */
  private static void awaitProgress(Child taking, Child putting) {
    long got = count(taking, "got");
    long put = count(putting, "safe");
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> count(taking, "got") > got + 20 && count(putting, "safe") > put + 20);
  }

  private static Child awaitOneActiveAgain(Child one, Child other) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                lastWord(one).equals("active")
                    ? one
                    : lastWord(other).equals("active") ? other : null,
            found -> found != null);
  }

  /** What it last heard of itself: active or passive. */
  private static String lastWord(Child taking) {
    return taking.lines().reversed().stream()
        .map(line -> line.split(" ", 3))
        .filter(parts -> parts.length > 1)
        .map(parts -> parts[1])
        .filter(word -> word.equals("active") || word.equals("passive"))
        .findFirst()
        .orElse("");
  }

  private void noteSafe(Child putting) {
    safe =
        putting.lines().stream()
            .filter(line -> line.matches("safe \\d+"))
            .mapToInt(line -> Integer.parseInt(line.substring(5)))
            .max()
            .orElse(safe);
  }

  private static long says(Child child, String what) {
    return child.lines().stream()
        .filter(line -> line.endsWith(" " + what) || line.contains(" " + what + " "))
        .count();
  }

  private static long count(Child child, String what) {
    return child.lines().stream().filter(line -> line.contains(what + " ")).count();
  }
}
