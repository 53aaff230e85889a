package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.basket.BasketState;
import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.PatchPicture;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.RolloutWords;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** What the status bar says: whether the hub is heard, and how old our knowledge is. */
public final class ShellViewModel {
  /** A hub that says nothing for longer than this is worth a word, though it is there. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  /** How the hub stands. */
  public enum State {
    CONNECTING,
    CONNECTED,
    AWAY
  }

  private final Desk desk;
  private final Session session;
  private final Ages ages;
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.CONNECTING);
  private final ReadOnlyStringWrapper hub = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper verdicts = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper basket = new ReadOnlyStringWrapper("");
  private final ReadOnlyIntegerWrapper waiting = new ReadOnlyIntegerWrapper();
  private final ReadOnlyStringWrapper rollouts = new ReadOnlyStringWrapper("");
  private final RolloutWords words;
  private HubPicture last = HubPicture.EMPTY;
  private boolean watching;

  public ShellViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.ages = new Ages(desk.texts(), desk.zone());
    this.words = new RolloutWords(desk.texts(), ages);
    lookAtHub();
  }

  /** Begins to follow the feed and lets ages tick. */
  public Pin activate() {
    return Pin.all(
        new Deliveries(desk, session, () -> watching).activate(),
        session.basket().subscribe(this::show),
        session.rollouts().subscribe(this::show),
        session.feed().subscribe(update -> show(update.picture())),
        desk.everySecond(() -> {
          lookAtHub();
          show(last);
        }));
  }

  public ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** One line: connected or away since when, and how old the knowledge is. */
  public ReadOnlyStringProperty statusProperty() {
    return status.getReadOnlyProperty();
  }

  /** How many tests are down, degraded, up; empty before there are any. */
  public ReadOnlyStringProperty verdictsProperty() {
    return verdicts.getReadOnlyProperty();
  }

  /** How many changes wait in the basket, in words; empty for none. */
  public ReadOnlyStringProperty basketProperty() {
    return basket.getReadOnlyProperty();
  }

  /** How many changes wait in the basket, and how many patches came back. */
  public ReadOnlyIntegerProperty waitingProperty() {
    return waiting.getReadOnlyProperty();
  }

  /** Which patches are under way; empty for none. */
  public ReadOnlyStringProperty rolloutsProperty() {
    return rollouts.getReadOnlyProperty();
  }

  /** Whether patches are on the screen. */
  void watching(boolean patches) {
    watching = patches;
  }

  /** Who is connected to what; of several hubs, to which one at the moment. */
  public ReadOnlyStringProperty hubProperty() {
    return hub.getReadOnlyProperty();
  }

  private void lookAtHub() {
    KnownHub known = session.hub();
    String now = session.connection().hub();
    boolean isOneOfSeveral = known.url().contains(",") && !now.isEmpty();
    hub.set(words(isOneOfSeveral ? new KnownHub(now, known.user(), known.authority()) : known));
  }

  /** Who and what a hub is. */
  String words(KnownHub hub) {
    return hub.user().isEmpty() ? hub.url() : desk.texts().get("status.hub", hub.user(), hub.url());
  }

  /** Whether this is the hub of the session. */
  boolean isConnectedTo(KnownHub hub) {
    return session.hub().url().equals(hub.url());
  }

  private void show(BasketState state) {
    int changes = state.entries().size();
    int back = state.returned().size();
    waiting.set(changes + back);
    String words = changes == 0 ? "" : desk.texts().get("status.basket", changes);
    String returned = back == 0 ? "" : desk.texts().get("status.returned", back);
    basket.set(words.isEmpty() || returned.isEmpty() ? words + returned : words + " · " + returned);
  }

  private void show(PatchPicture picture) {
    List<Rollout> open =
        picture.rollouts().stream().filter(it -> !it.state().isTerminal()).toList();
    rollouts.set(
        open.isEmpty()
            ? ""
            : open.size() == 1
                ? desk.texts().get("status.rollout", words.state(open.getFirst().state()))
                : desk.texts().get("status.rollouts", open.size()));
  }

  private void show(HubPicture picture) {
    last = picture;
    Instant now = desk.now();
    state.set(
        switch (picture.link()) {
          case Link.Connecting ignored -> State.CONNECTING;
          case Link.Connected ignored -> State.CONNECTED;
          case Link.Away ignored -> State.AWAY;
        });
    status.set(words(picture, now));
    verdicts.set(picture.tests().isEmpty() ? "" : count(picture));
  }

  private String words(HubPicture picture, Instant now) {
    return switch (picture.link()) {
      case Link.Connecting ignored -> desk.texts().get("status.connecting");
      case Link.Connected ignored -> {
        Instant heard = picture.heardAt();
        yield heard != null && Duration.between(heard, now).compareTo(QUIET) > 0
            ? desk.texts().get("status.quiet", ages.ago(heard, now))
            : desk.texts().get("status.connected");
      }
      case Link.Away(var since, var kind, var reason) -> {
        Instant heard = picture.heardAt();
        String age =
            heard == null
                ? desk.texts().get("status.knowsNothing")
                : desk.texts()
                    .get("status.age", ages.length(Duration.between(heard, now).toSeconds()));
        String key = kind == HubException.Kind.UNAUTHORIZED ? "status.unauthorized" : "status.away";
        yield desk.texts().get(key, ages.time(since, now), age, reason);
      }
    };
  }

  private String count(HubPicture picture) {
    return desk.texts()
        .get(
            "status.verdicts",
            of(picture, Verdict.DOWN),
            of(picture, Verdict.DEGRADED),
            of(picture, Verdict.UP),
            of(picture, Verdict.UNKNOWN));
  }

  private static long of(HubPicture picture, Verdict verdict) {
    return picture.tests().stream()
        .filter(it -> it.test().active())
        .map(TestPicture::verdict)
        .filter(it -> it == verdict)
        .count();
  }
}
