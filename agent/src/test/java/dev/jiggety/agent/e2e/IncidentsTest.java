package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Incidents of an installation of processes, whose manager is killed and frozen at the worst
 * moments. The clock of one of the nodes is an hour fast.
 */
class IncidentsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private Installation installation;
  private Instant begin;

  @BeforeEach
  void start() throws IOException {
    begin = Instant.now();
    installation = new Installation(folder);
    installation.site.answer("home", 200);
    installation.hand(
        "p",
        installation.ada(),
        new StrategyChoice.Named("instant"),
        begin,
        List.of(installation.shop("home")));
    assertThat(installation.awaitEnd("p").state()).isEqualTo(RolloutState.COMPLETED);
    installation.awaitVisits("home", 6);
  }

  @AfterEach
  void stop() {
    installation.close();
  }

  private List<Incident> outages() {
    return installation
        .repositories()
        .incidents()
        .between(begin, Instant.now().plus(Duration.ofHours(2)))
        .stream()
        .map(Stored::value)
        .filter(it -> it.subject().equals("shop"))
        .toList();
  }

  private Incident awaitOnly(String what, Predicate<Incident> wanted) {
    await(what)
        .atMost(PATIENCE)
        .until(this::outages, all -> all.size() == 1 && wanted.test(all.getFirst()));
    return outages().getFirst();
  }

  @Test
  void oneIncidentThroughTheDeathsOfItsManager() throws IOException {
    installation.site.answer("home", 503);
    installation.awaitVisits("home", 2);
    installation.killManager(); // while it makes up its mind
    installation.restartManager();
    Incident open = awaitOnly("the outage is known", it -> it.kind() == Kind.DOWN && it.isOpen());
    assertThat(open.witnesses())
        .filteredOn(it -> it.verdict() == Verdict.DOWN)
        .allSatisfy(it -> assertThat(it.failure()).isNotNull())
        .allSatisfy(
            it -> assertThat(installation.repositories().results().find(it.batch())).isPresent());

    installation.killManager(); // while it lasts
    installation.site.answer("home", 200);
    installation.awaitVisits("home", 6);
    installation.restartManager();
    Incident over = awaitOnly("the outage is over", it -> it.resolved() != null);

    assertThat(over.id()).isEqualTo(open.id());
    assertThat(over.began()).isEqualTo(open.began());
    assertThat(over.epoch()).isGreaterThan(1);
    assertThat(over.trail())
        .extracting(Incident.Entry::event)
        .containsOnlyOnce("opened", "resolved");
  }

  @Test
  void theNodeWithTheWrongClockIsOneIncidentOfItsOwn() {
    await("the node is named")
        .atMost(PATIENCE)
        .until(
            () -> installation.repositories().incidents().open(),
            open -> open.stream().anyMatch(it -> it.value().kind() == Kind.NODE));
    assertThat(installation.repositories().incidents().open())
        .extracting(Stored::value)
        .filteredOn(it -> it.kind() == Kind.NODE)
        .singleElement()
        .satisfies(it -> assertThat(it.subject()).isEqualTo("n3"));
    assertThat(outages()).isEmpty();
  }
}
