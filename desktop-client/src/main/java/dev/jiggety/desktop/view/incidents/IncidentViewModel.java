package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.IncidentPicture;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.InForce;
import dev.jiggety.desktop.session.IncidentDesk.Waiting;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.document.PolicyDocument;
import dev.jiggety.document.WindowDocument;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.IncidentAct.Act;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Policy;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** One incident, and what can be said and done about it. FX thread only. */
public final class IncidentViewModel {
  /** Notices are asked for anew so often while an incident is looked at. */
  private static final Duration FRESH = Duration.ofSeconds(15);

  private final Desk desk;
  private final Session session;
  private final Ages ages;
  private final Why why;
  private final ReadOnlyObjectWrapper<@Nullable Story> story = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<List<Seen>> evidence = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyStringWrapper evidenceText = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final StringProperty words = new SimpleStringProperty("");
  private final Map<String, String> drafts = new HashMap<>();
  private @Nullable String wanted;
  private @Nullable Incident incident;
  private List<Notice> notices = List.of();
  private int evidenceAsked;
  private boolean isEvidenceMissed;
  private @Nullable Instant noticesAt;
  private InForce.Documents inForce = InForce.Documents.UNKNOWN;

  /**
   * What is shown of it.
   *
   * @param name what people call its subject
   * @param test its test as it stands; null for a node, and where there is none any more
   * @param by who looks after it; null for nobody
   * @param moments what happened, oldest first
   * @param why why it is one, and who was told or not
   * @param now the moment at which ages are reckoned
   */
  public record Story(
      Incident incident,
      String name,
      @Nullable TestPicture test,
      @Nullable String by,
      boolean muted,
      List<Moment> moments,
      List<String> why,
      Instant now) {
    public Story {
      moments = List.copyOf(moments);
      why = List.copyOf(why);
    }
  }

  IncidentViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.ages = new Ages(desk.texts(), desk.zone());
    this.why = new Why(desk.texts(), ages);
  }

  Pin activate() {
    return Pin.all(
        InForce.follow(
            session,
            desk.tasks(),
            documents -> {
              inForce = documents;
              tell();
            }),
        session.incidents().subscribe(this::heard),
        session.incidentDesk().subscribe(waiting -> tell()),
        desk.everySecond(this::tick));
  }

  /** What is looked at; null for nothing. */
  public ReadOnlyObjectProperty<@Nullable Story> storyProperty() {
    return story.getReadOnlyProperty();
  }

  /** What nodes saw, as far as the results are still there; comes a moment later. */
  public ReadOnlyObjectProperty<List<Seen>> evidenceProperty() {
    return evidence.getReadOnlyProperty();
  }

  /** Why there is no evidence, in one line; empty where there is, or it is being read. */
  public ReadOnlyStringProperty evidenceTextProperty() {
    return evidenceText.getReadOnlyProperty();
  }

  /** Whether evidence is being read. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** What is typed and not said yet; stays until it is. */
  public StringProperty wordsProperty() {
    return words;
  }

  void show(@Nullable String id) {
    if (Objects.equals(id, wanted)) {
      return;
    }
    keepWords();
    wanted = id;
    incident = null;
    notices = List.of();
    noticesAt = null;
    words.set(id == null ? "" : drafts.getOrDefault(id, ""));
    evidence.set(List.of());
    evidenceText.set("");
    story.set(null);
    if (id != null) {
      session.incidents().picture().find(id).ifPresentOrElse(this::known, () -> ask(id));
    }
  }

  /** What was typed of one incident is there again when somebody comes back to it. */
  private void keepWords() {
    if (wanted != null && words.get().isBlank()) {
      drafts.remove(wanted);
    } else if (wanted != null) {
      drafts.put(wanted, words.get());
    }
  }

  /** It as it stands now. */
  void known(Incident now) {
    if (!now.id().equals(wanted)) {
      return;
    }
    Incident before = incident;
    incident = now;
    if (before == null || !before.witnesses().equals(now.witnesses())) {
      readEvidence(now);
    }
    if (!now.equals(before)) {
      readNotices(now);
    }
    tell();
  }

  void reload() {
    Incident shown = incident;
    if (shown != null) {
      readEvidence(shown);
      readNotices(shown);
    }
  }

  /** Looks after it, or does not any more. */
  public void acknowledge() {
    Story shown = story.get();
    if (shown != null) {
      say(shown.by() == null ? Act.ACKNOWLEDGE : Act.UNACKNOWLEDGE);
    }
  }

  /** Adds what is typed as a remark; nothing without words. */
  public void comment() {
    if (!words.get().isBlank()) {
      say(Act.COMMENT);
    }
  }

  /** Nobody is told any more, after a question. */
  public void mute() {
    Incident asked = incident; // another may be shown by the time of the answer
    desk.dialogs()
        .confirm(
            desk.texts().get("incident.mute.question"),
            desk.texts().get("incident.mute.consequence"),
            desk.texts().get("incident.mute"),
            () -> {
              if (asked != null) {
                say(asked.id(), Act.MUTE);
              }
            });
  }

  public void again(Waiting refused) {
    session.incidentDesk().again(refused);
  }

  public void forget(Waiting refused) {
    session.incidentDesk().forget(refused);
  }

  /**
   * Puts a maintenance window of its test into the basket, from now on.
   *
   * @param length how long
   */
  public void maintain(Duration length) {
    Story shown = story.get();
    if (shown == null || shown.test() == null) {
      return;
    }
    TestDefinition test = shown.test().test();
    Instant from = Instant.ofEpochSecond(desk.now().getEpochSecond());
    String id = test.id() + "-" + from.getEpochSecond();
    Window window =
        new Window(
            id.length() > 64 ? id.substring(id.length() - 64).replaceFirst("^-+", "") : id,
            desk.texts().get("incident.window.name", test.name()),
            true,
            new Window.Times.Once(from, from.plus(length)),
            new TreeSet<>(),
            new TreeSet<>(Set.of(test.id())));
    session
        .basket()
        .put(
            new BasketEntry(
                WindowDocument.TYPE.id(window), null, WindowDocument.TYPE.write(window), from));
    desk.dialogs().say(Tone.DONE, desk.texts().get("incident.window.added", window.name()));
    desk.navigator().basket();
  }

  /** To its test. */
  public void test() {
    Story shown = story.get();
    if (shown != null && shown.test() != null) {
      desk.navigator().edit(EditRequest.of(shown.test().stored(), session.basket()));
    }
  }

  /** To the chart of its test. */
  public void results() {
    Story shown = story.get();
    if (shown != null && shown.test() != null) {
      desk.navigator().results(shown.test().test().id());
    }
  }

  /** To the nodes. */
  public void nodes() {
    desk.navigator().go(Place.NODES);
  }

  /** To who is told of what. */
  public void alerting() {
    desk.navigator().alerting("");
  }

  /** The bytes of a screenshot; asks the hub, never on the FX thread. */
  Optional<byte[]> picture(Seen seen, Picture picture) {
    return session.connection().results().picture(seen.batch(), picture.name());
  }

  /** What people call its subject. */
  String name() {
    Incident shown = incident;
    return shown == null ? "" : IncidentsViewModel.name(shown, session.feed().picture());
  }

  private void say(Act act) {
    Incident shown = incident;
    if (shown != null) {
      say(shown.id(), act);
    }
  }

  /** With what is typed of it, and of no other. */
  private void say(String id, Act act) {
    boolean shown = id.equals(wanted);
    session.incidentDesk().say(id, act, shown ? words.get() : drafts.getOrDefault(id, ""));
    drafts.remove(id);
    if (shown) {
      words.set("");
    }
  }

  private void heard(IncidentPicture picture) {
    String id = wanted;
    if (id != null) {
      picture.find(id).ifPresent(this::known);
      boolean connected = picture.link() instanceof Link.Connected;
      if (incident == null && connected) {
        ask(id);
      } else if (incident != null && connected && isEvidenceMissed) {
        readEvidence(incident);
      }
    }
    tell();
  }

  private void tick() {
    Incident shown = incident;
    Instant at = noticesAt;
    if (shown != null && at != null && !desk.now().isBefore(at.plus(FRESH)) && shown.isOpen()) {
      readNotices(shown);
    }
    tell();
  }

  private void ask(String id) {
    desk.tasks()
        .create(() -> session.connection().incidents().find(id))
        .onSuccess(found -> found.ifPresent(it -> known(it.value())))
        .onError(HubException.class, e -> {}) // asked again when the hub is heard
        .start();
  }

  private void readEvidence(Incident shown) {
    int mine = ++evidenceAsked;
    isEvidenceMissed = false;
    busy.set(true);
    desk.tasks()
        .create(() -> Seen.of(shown, session.connection().results()))
        .onSuccess(seen -> {
          if (mine == evidenceAsked && shown.id().equals(wanted)) {
            evidence.set(seen);
            evidenceText.set(seen.isEmpty() ? desk.texts().get("incident.evidence.none") : "");
          }
        })
        .onError(
            HubException.class,
            e -> {
              if (mine == evidenceAsked && shown.id().equals(wanted)) {
                isEvidenceMissed = true;
                evidenceText.set(
                    desk.texts().get("incident.evidence.away", String.valueOf(e.getMessage())));
              }
            })
        .onFinally(() -> {
          if (mine == evidenceAsked) {
            busy.set(false);
          }
        })
        .start();
  }

  private void readNotices(Incident shown) {
    noticesAt = desk.now();
    // The time of a notice is the beginning of the piece of time that it puts together.
    Instant from = shown.detected().minus(Duration.ofDays(1));
    Instant resolved = shown.resolved();
    Instant to = (resolved == null ? desk.now() : resolved).plus(Duration.ofDays(1));
    desk.tasks()
        .create(() -> Seen.notices(shown.id(), session.connection().notices(), from, to))
        .onSuccess(found -> {
          if (shown.id().equals(wanted)) {
            notices = found;
            tell();
          }
        })
        .onError(HubException.class, e -> {}) // what is known stays; the status bar says it
        .start();
  }

  private void tell() {
    Incident shown = incident;
    if (shown == null) {
      return;
    }
    HubPicture hub = session.feed().picture();
    IncidentPicture picture = session.incidents().picture();
    List<Waiting> waiting = session.incidentDesk().waitingOn(shown.id());
    Attention attention = Attention.of(shown, picture.actsOn(shown.id()), waiting);
    Optional<List<Policy>> policies =
        inForce.known() ? Optional.of(inForce.all(PolicyDocument.TYPE)) : Optional.empty();
    story.set(
        new Story(
            shown,
            IncidentsViewModel.name(shown, hub),
            shown.kind() == Kind.NODE ? null : hub.find(shown.subject()),
            attention.by(),
            attention.muted(),
            Moment.of(shown, picture.actsOn(shown.id()), waiting, notices),
            why.lines(shown, notices, policies, id -> tags(hub, id), desk.now()),
            desk.now()));
  }

  private static Set<String> tags(HubPicture hub, String testId) {
    TestPicture test = hub.find(testId);
    return test == null ? Set.of() : test.test().tags();
  }
}
