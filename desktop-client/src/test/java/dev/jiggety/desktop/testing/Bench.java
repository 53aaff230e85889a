package dev.jiggety.desktop.testing;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketState;
import dev.jiggety.desktop.feed.IncidentFeed;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.feed.PatchFeed;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator;
import dev.jiggety.desktop.session.ActOutbox;
import dev.jiggety.desktop.session.IncidentDesk;
import dev.jiggety.desktop.session.OperatorKeys;
import dev.jiggety.desktop.session.PatchDesk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.session.SettingsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A desk for view models without a screen: everything happens on the calling thread, time passes
 * when the test says so, and where the person was led or what was said is written down.
 */
public final class Bench implements Navigator, Dialogs {
  /** Made only by who changes a setting. */
  private static final Path NOWHERE = Path.of(System.getProperty("java.io.tmpdir"), "bench");

  public final FakeClock clock = new FakeClock();
  public final FakeHub hub = new FakeHub(clock);
  public final FakeKeys keyFiles = new FakeKeys();
  public final Tasks tasks = new Tasks(Runnable::run, Runnable::run);
  public final OperatorKeys keys =
      new OperatorKeys(
          tasks,
          keyFiles,
          new SettingsFile(NOWHERE.resolve(UUID.randomUUID().toString())),
          FakeKeys.ADA);
  public final Texts texts = new Texts(Locale.ENGLISH);
  public final Desk desk = new Desk(tasks, clock, clock, ZoneOffset.UTC, texts, this, this);

  /** Where acts are kept that did not reach the hub. */
  public ActOutbox outbox = ActOutbox.NONE;

  public final List<String> said = new ArrayList<>();
  public final List<Throwable> unexpected = new ArrayList<>();
  public @Nullable Place place;
  public @Nullable String resultsOf;
  public @Nullable EditRequest edited;
  public @Nullable Runnable pending;
  public String consequence = "";
  public @Nullable String incidentOf;
  public @Nullable String alertingOf;
  public @Nullable String rolloutOf;
  public @Nullable KnownHub wantedHub;
  public int baskets;
  public int backs;
  public int welcomes;
  public int walls;

  public Bench() {
    tasks.onUnexpected(unexpected::add);
    hub.manager().trust(keyFiles.ada().trusted());
    keys.reload();
  }

  /** A session with the hub, which has told all it knows. */
  public Session session() {
    return session(new Basket(BasketState.EMPTY, state -> {}));
  }

  /** A session with what lies in a basket already. */
  public Session session(Basket basket) {
    IncidentFeed incidents = new IncidentFeed(hub.incidents(), clock, tasks, clock);
    Session session =
        new Session(
            new KnownHub("http://127.0.0.1:5984", ""),
            hub.open(HubAddress.parse("127.0.0.1", Optional.empty())),
            new LiveFeed(hub.feed(), clock, tasks, clock),
            new PatchFeed(hub.patches(), clock, tasks, clock),
            incidents,
            basket,
            new PatchDesk(tasks, hub.patches(), keys, basket, clock, new Random(1)),
            new IncidentDesk(
                tasks,
                hub.incidents(),
                incidents,
                () -> "ada",
                clock,
                new Random(2),
                outbox,
                clock));
    settle();
    return session;
  }

  /** Long enough for an update of the feed. */
  public void settle() {
    clock.pass(Duration.ofMillis(200));
  }

  @Override
  public void go(Place where) {
    place = where;
  }

  @Override
  public void results(String testId) {
    resultsOf = testId;
  }

  @Override
  public void incident(String incidentId) {
    incidentOf = incidentId;
  }

  @Override
  public void alerting(String target) {
    alertingOf = target;
  }

  @Override
  public void rollout(String patchId) {
    rolloutOf = patchId;
  }

  @Override
  public void basket() {
    baskets++;
  }

  @Override
  public void edit(EditRequest request) {
    edited = request;
  }

  @Override
  public void wall() {
    walls++;
  }

  @Override
  public void back() {
    backs++;
  }

  @Override
  public void connect(KnownHub wanted) {
    wantedHub = wanted;
  }

  @Override
  public void welcome() {
    welcomes++;
  }

  @Override
  public void disconnect() {
    place = null;
  }

  @Override
  public void say(Tone tone, String text) {
    said.add(tone + ": " + text);
  }

  @Override
  public void confirm(String question, String consequence, String action, Runnable yes) {
    said.add("? " + question);
    this.consequence = consequence;
    pending = yes;
  }
}
