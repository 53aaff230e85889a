package dev.jiggety.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.feed.IncidentFeed;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.document.IncidentActDocument;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.IncidentRepository;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentDeskTest {
  private static final String HUB = "http://hub.example:5984";
  private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");

  private final Bench bench = new Bench();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();

  @Test
  void oneAnswerThatFailsWhileTheHubIsHeardIsAskedForAgain() {
    failures.add(new HubException(HubException.Kind.UNAVAILABLE, "timed out"));
    IncidentDesk desk = desk(ActOutbox.NONE);
    desk.say("i1", IncidentAct.Act.COMMENT, "the cable");
    assertThat(desk.waiting()).hasSize(1);
    bench.clock.pass(Duration.ofMinutes(1));
    assertThat(bench.hub.incidents().said())
        .extracting(IncidentAct::text)
        .containsExactly("the cable");
    assertThat(desk.waiting()).isEmpty();
  }

  @Test
  void aFailureThatNobodyExpectedDoesNotStopWhatIsSaidLater() {
    failures.add(new IllegalStateException("a slip of ours"));
    IncidentDesk desk = desk(ActOutbox.NONE);
    desk.say("i1", IncidentAct.Act.COMMENT, "one");
    desk.say("i1", IncidentAct.Act.COMMENT, "two");
    assertThat(bench.hub.incidents().said())
        .extracting(IncidentAct::text)
        .containsExactlyInAnyOrder("one", "two");
    assertThat(bench.unexpected).as("and it is told").hasSize(1);
  }

  @Test
  void closedItSaysNothingMoreAndLeavesTheFileToWhoComesNext(@TempDir Path folder) {
    bench.hub.goAway();
    ActsFile file = new ActsFile(folder, HUB, "ann");
    IncidentDesk before = desk(file);
    before.say("i1", IncidentAct.Act.COMMENT, "one");
    before.close();
    bench.hub.comeBack();
    bench.clock.pass(Duration.ofMinutes(1));
    assertThat(bench.hub.incidents().said()).isEmpty();
    assertThat(file.read()).extracting(IncidentAct::text).containsExactly("one");
  }

  @Test
  void whatOnePersonHasSaidIsNotSentByAnother(@TempDir Path folder) {
    new ActsFile(folder, HUB, "ann").write(List.of(act("a1", "I look")));
    assertThat(new ActsFile(folder, HUB, "ben").read()).isEmpty();
    assertThat(new ActsFile(folder, HUB, "").read()).isEmpty();
    assertThat(new ActsFile(folder, HUB, "ann").read()).hasSize(1);
  }

  @Test
  void oneThatCannotBeReadDoesNotTakeTheOthersWithIt(@TempDir Path folder) throws IOException {
    ActsFile file = new ActsFile(folder, HUB, "");
    file.write(List.of(act("a1", "one"), act("a2", "two")));
    Path written;
    try (var files = Files.list(folder)) {
      written = files.findFirst().orElseThrow();
    }
    String newer = IncidentActDocument.TYPE.write(act("a0", "of tomorrow")).toString();
    Files.writeString(
        written,
        Files.readString(written)
            .replaceFirst("\\[", "[" + newer.replace("comment", "dance") + ","));
    assertThat(file.read()).extracting(IncidentAct::text).containsExactly("one", "two");
    file.write(List.of());
    assertThat(written.resolveSibling(written.getFileName() + ".broken"))
        .content()
        .contains("of tomorrow");
  }

  private IncidentDesk desk(ActOutbox outbox) {
    IncidentRepository hub = failing(bench.hub.incidents());
    IncidentFeed feed = new IncidentFeed(hub, bench.clock, bench.tasks, bench.clock);
    bench.settle();
    return new IncidentDesk(
        bench.tasks, hub, feed, () -> "ada", bench.clock, new Random(3), outbox, bench.clock);
  }

  /** The hub, whose answers to what is said fail as often as a test wants. */
  private IncidentRepository failing(IncidentRepository hub) {
    return (IncidentRepository)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {IncidentRepository.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("act") && !failures.isEmpty()) {
                throw failures.pop();
              }
              try {
                return method.invoke(hub, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static IncidentAct act(String id, String text) {
    return new IncidentAct(id, "i1", IncidentAct.Act.COMMENT, "ann", text, AT);
  }
}
