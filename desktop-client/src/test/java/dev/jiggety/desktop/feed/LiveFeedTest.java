package dev.jiggety.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeClock;
import dev.jiggety.desktop.testing.FakeHub;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Run;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
  private final FakeClock clock = new FakeClock();
  private final FakeHub hub = new FakeHub(clock);
  private final Deque<Runnable> fxQueue = new ArrayDeque<>();
  private final Tasks tasks = new Tasks(Runnable::run, fxQueue::add);
  private final List<LiveFeed.Update> updates = new ArrayList<>();

  @Test
  void muchThatHappensIsOneUpdate() {
    try (LiveFeed feed = follow()) {
      updates.clear();
      for (int i = 0; i < 500; i++) {
        hub.results(batch(i));
      }
      clock.pass(Duration.ofMillis(200));
      runFx();
      assertThat(updates).hasSize(1);
      assertThat(updates.getFirst().runs()).hasSize(500);
      assertThat(feed.picture().tests()).hasSize(1);
    }
  }

  @Test
  void atMostFiveUpdatesASecondAndNoneWhenNothingChanges() {
    try (LiveFeed feed = follow()) {
      updates.clear();
      for (int i = 0; i < 100; i++) {
        hub.results(batch(i));
        clock.pass(Duration.ofMillis(10));
        runFx();
      }
      assertThat(updates).hasSizeLessThanOrEqualTo(LiveFeed.UPDATES_PER_SECOND);
      updates.clear();
      clock.pass(Duration.ofSeconds(5));
      runFx();
      assertThat(updates).isEmpty();
      assertThat(feed.picture().heardAt()).isNotNull();
    }
  }

  @Test
  void aScreenThatIsSlowIsNotBuried() {
    try (LiveFeed feed = follow()) {
      updates.clear();
      for (int i = 0; i < 50; i++) {
        hub.results(batch(i));
        clock.pass(Duration.ofSeconds(1)); // the FX thread does not get round to it
      }
      assertThat(fxQueue).hasSize(1);
      runFx();
      clock.pass(Duration.ofMillis(200));
      runFx();
      assertThat(updates.stream().mapToInt(it -> it.runs().size()).sum()).isEqualTo(50);
      assertThat(feed.picture().tests().getFirst().nodes()).hasSize(1);
    }
  }

  @Test
  void saysWhenTheHubIsAwayAndCatchesUpByItself() {
    try (LiveFeed feed = follow()) {
      hub.goAway();
      settle();
      assertThat(feed.picture().link()).isInstanceOf(Link.Away.class);
      hub.results(batch(1));
      hub.put(Examples.test("login", "Login"));
      hub.delete("home");
      clock.pass(Duration.ofMinutes(1));
      settle();
      assertThat(feed.picture().tests()).hasSize(1);
      assertThat(feed.picture().heardAt()).isBefore(clock.instant().minusSeconds(50));
      hub.comeBack();
      settle();
      assertThat(feed.picture().link()).isInstanceOf(Link.Connected.class);
      assertThat(feed.picture().tests()).extracting(it -> it.test().id()).containsExactly("login");
    }
  }

  @Test
  void closingEndsEverythingThatWasOpened() {
    LiveFeed feed = follow();
    assertThat(hub.followers()).isEqualTo(1);
    assertThat(clock.timers()).isEqualTo(1);
    hub.results(batch(1));
    clock.pass(Duration.ofMillis(200));
    feed.close();
    updates.clear();
    runFx();
    assertThat(updates).isEmpty();
    assertThat(hub.followers()).isZero();
    assertThat(clock.timers()).isZero();
  }

  private LiveFeed follow() {
    hub.put(Examples.test("home", "Home"));
    LiveFeed feed = new LiveFeed(hub.feed(), clock, tasks, clock);
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

  private Batch batch(int i) {
    Run run =
        Examples.run(
            "home", "oslo-1", FakeClock.START.minusSeconds(600 - i), Duration.ofMillis(50 + i));
    return Examples.batch("oslo-1", i, run);
  }
}
