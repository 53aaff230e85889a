package dev.jiggety.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.testing.FakeClock;
import dev.jiggety.desktop.testing.FakeHub;
import dev.jiggety.desktop.testing.Incidents;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentFeedTest {
  private final FakeClock clock = new FakeClock();
  private final FakeHub hub = new FakeHub(clock);
  private final Deque<Runnable> fxQueue = new ArrayDeque<>();
  private final Tasks tasks = new Tasks(Runnable::run, fxQueue::add);
  private final List<IncidentPicture> updates = new ArrayList<>();

  @Test
  void whatLastsComesFirstTheWorstOnTopAndWhatIsOverNewestFirst() {
    hub.incidents().put(Incidents.open(Incident.Kind.DEGRADED, "search", Duration.ofMinutes(2)));
    hub.incidents().put(Incidents.open(Incident.Kind.DOWN, "checkout", Duration.ofMinutes(30)));
    hub.incidents().put(Incidents.over("login", Duration.ofHours(3), Duration.ofMinutes(2)));
    hub.incidents().put(Incidents.over("home", Duration.ofHours(1), Duration.ofMinutes(2)));
    try (IncidentFeed feed = follow()) {
      IncidentPicture picture = feed.picture();
      assertThat(picture.open())
          .extracting(Incident::subject)
          .containsExactly("checkout", "search");
      assertThat(picture.recent()).extracting(Incident::subject).containsExactly("home", "login");
      assertThat(picture.openOf("search")).hasSize(1);
      assertThat(picture.link()).isInstanceOf(Link.Connected.class);
    }
  }

  @Test
  void manyThingsAreOneUpdateAndAnEchoIsNone() {
    Incident down = Incidents.open(Incident.Kind.DOWN, "checkout", Duration.ofMinutes(1));
    try (IncidentFeed feed = follow()) {
      updates.clear();
      for (int i = 0; i < 300; i++) {
        hub.incidents()
            .put(Incidents.over("test-" + i, Duration.ofHours(1), Duration.ofMinutes(1)));
      }
      hub.incidents().put(down);
      settle();
      assertThat(updates).hasSize(1);
      assertThat(feed.picture().recent()).hasSize(300);
      updates.clear();
      hub.incidents().put(down); // the same once more
      clock.pass(Duration.ofSeconds(5));
      runFx();
      assertThat(updates).isEmpty();
    }
  }

  @Test
  void whatPeopleSayIsThereBeforeAManagerHasTakenItUp() {
    Incident down = Incidents.open(Incident.Kind.DOWN, "checkout", Duration.ofMinutes(1));
    hub.incidents().put(down);
    try (IncidentFeed feed = follow()) {
      hub.incidents().act(act("b", down, FakeClock.START.plusSeconds(2), "host called"));
      hub.incidents().act(act("a", down, FakeClock.START.plusSeconds(1), "I look"));
      settle();
      assertThat(feed.picture().actsOn(down.id()))
          .extracting(IncidentAct::text)
          .containsExactly("I look", "host called");
      assertThat(feed.picture().find(down.id())).contains(down);
    }
  }

  @Test
  void saysWhenTheHubIsAwayAndCatchesUp() {
    Incident down = Incidents.open(Incident.Kind.DOWN, "checkout", Duration.ofMinutes(1));
    hub.incidents().put(down);
    try (IncidentFeed feed = follow()) {
      hub.goAway();
      settle();
      assertThat(feed.picture().link()).isInstanceOf(Link.Away.class);
      assertThat(feed.picture().open()).containsExactly(down);
      hub.incidents().put(Incidents.ended(down, clock.instant()));
      settle();
      assertThat(feed.picture().open()).hasSize(1);
      hub.comeBack();
      settle();
      assertThat(feed.picture().open()).isEmpty();
      assertThat(feed.picture().recent()).extracting(Incident::id).containsExactly(down.id());
    }
  }

  @Test
  void keepsTheNewestOnly() {
    try (IncidentFeed feed = follow()) {
      for (int i = 0; i <= IncidentFeed.MOST_RECENT; i++) {
        hub.incidents()
            .put(
                Incidents.over("test-" + i, Duration.ofSeconds(10_000 - i), Duration.ofSeconds(1)));
      }
      settle();
      assertThat(feed.picture().recent()).hasSize(IncidentFeed.MOST_RECENT);
      assertThat(feed.picture().recent()).noneMatch(it -> it.subject().equals("test-0"));
    }
  }

  @Test
  void closingEndsEverythingThatWasOpened() {
    IncidentFeed feed = follow();
    assertThat(hub.incidents().followers()).isEqualTo(1);
    feed.close();
    assertThat(hub.incidents().followers()).isZero();
    assertThat(clock.timers()).isZero();
  }

  private static IncidentAct act(String id, Incident on, Instant at, String text) {
    return new IncidentAct(id, on.id(), IncidentAct.Act.COMMENT, "ada", text, at);
  }

  private IncidentFeed follow() {
    IncidentFeed feed = new IncidentFeed(hub.incidents(), clock, tasks, clock);
    feed.subscribe(updates::add);
    settle();
    return feed;
  }

  private void settle() {
    clock.pass(Duration.ofMillis(200));
    runFx();
  }

  private void runFx() {
    while (!fxQueue.isEmpty()) {
      fxQueue.poll().run();
    }
  }
}
