package dev.jiggety.desktop.trial;

import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.run.PictureSource;
import dev.jiggety.desktop.session.KeyState;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.rules.TrialRules;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Runs a test now and collects what comes of it. FX thread only; at most one trial at a time, and
 * the results of the last stay until the next begins.
 */
public final class TrialViewModel {
  /** What a start of the program, or the way to a node, may take besides the run itself. */
  static final Duration WAY = Duration.ofSeconds(20);

  /** Without a word of the manager for so long, people are told. */
  static final Duration MANAGER_SILENT = Duration.ofSeconds(5);

  /** Where a test is run. */
  public enum Where {
    /** On this computer. */
    HERE,
    /** On nodes that were chosen. */
    CHOSEN,
    /** On every node that the test would run on. */
    ALL
  }

  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final Session session;
  private final Optional<Program> program;
  private final Supplier<TrialSubject> subject;
  private final RandomGenerator random;
  private final ObjectProperty<Where> where = new SimpleObjectProperty<>(Where.HERE);
  private final ObservableList<String> nodes = FXCollections.observableArrayList();

  // Kept, as such a list hears its source only as long as somebody holds it.
  private final ObservableList<String> nodesToSee = FXCollections.unmodifiableObservableList(nodes);
  private final ObservableList<String> chosen = FXCollections.observableArrayList();
  private final TrialRows rows;
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(false);
  private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private List<NodeStatus> known = List.of();
  private String name = "";
  private @Nullable HereCall here;
  private @Nullable NodeTrial asked;
  private Pin ticks = () -> {};

  /** Nothing is tried yet. */
  public TrialViewModel(
      Desk desk,
      Session session,
      Optional<Program> program,
      Supplier<TrialSubject> subject,
      RandomGenerator random) {
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.rows = new TrialRows(texts, ages);
    this.session = session;
    this.program = program;
    this.subject = subject;
    this.random = random;
    state.set(texts.get("trial.begin"));
  }

  /** Follows which nodes there are. */
  public Pin activate() {
    Pin feed = session.feed().subscribe(update -> know(update.picture()));
    return Pin.all(feed, this::cancel);
  }

  private void know(HubPicture picture) {
    known = picture.nodes().stream().map(NodePicture::status).toList();
    List<String> names = known.stream().map(NodeStatus::name).sorted().toList();
    if (!nodes.equals(names)) {
      nodes.setAll(names);
      chosen.retainAll(names);
    }
  }

  /** Begins a trial where it is wanted; does nothing while one is under way. */
  public void run() {
    if (running.get()) {
      return;
    }
    problem.set("");
    switch (subject.get()) {
      case TrialSubject.NotYet(String why) -> problem.set(texts.get("trial.notYet", why));
      case TrialSubject.Ready(TestDefinition test) -> {
        name = test.name();
        if (where.get() == Where.HERE) {
          runHere(test);
        } else {
          ask(test);
        }
      }
    }
  }

  private void runHere(TestDefinition test) {
    if (program.isEmpty()) {
      problem.set(texts.get("trial.noProgram"));
      return;
    }
    String who = texts.get("trial.here");
    Duration limit = limit(test);
    HereCall call = new HereCall(program.get(), test, limit);
    here = call;
    begin(List.of(who), limit);
    desk.tasks()
        .create(() -> call.run(who))
        .onSuccess(run -> rows.answered(who, run, PictureSource.NONE))
        .onError(InterruptedException.class, _ -> giveUp())
        .onError(IOException.class, e -> rows.refused(who, String.valueOf(e.getMessage())))
        .onFinally(() -> {
          here = null;
          end();
        })
        .start();
  }

  private void ask(TestDefinition test) {
    if (!(session.patches().keys().state() instanceof KeyState.Ready ready)) {
      problem.set(texts.get("trial.noKey"));
      return;
    }
    List<String> expected = expected(test);
    if (expected.isEmpty()) {
      problem.set(
          texts.get(where.get() == Where.CHOSEN ? "trial.noneChosen" : "trial.nobodyRunsIt"));
      return;
    }
    Duration limit = limit(test);
    begin(expected, limit);
    SigningKey key = ready.key();
    NodeTrial trial = new NodeTrial(desk.tasks(), session.connection().trials(), new Ears());
    asked = trial;
    Collection<String> named = where.get() == Where.CHOSEN ? chosen : List.of();
    trial.ask(NodeTrial.request(test, new TreeSet<>(named), key, desk.now(), random), key);
  }

  private List<String> expected(TestDefinition test) {
    return where.get() == Where.CHOSEN
        ? chosen.stream().sorted().toList()
        : known.stream()
            .filter(node -> test.where().includes(node.name(), node.tags()))
            .map(NodeStatus::name)
            .sorted()
            .toList();
  }

  /** How long a run may take at worst, and the way to it. */
  static Duration limit(TestDefinition test) {
    int samples = Math.min(test.samples(), TrialRules.MOST_SAMPLES);
    Duration once = test.timeout().plus(test.retries().delay());
    Duration worst = once.multipliedBy((long) samples * (1 + test.retries().count()));
    boolean isLong = worst.compareTo(TrialRules.LONGEST_RUN) > 0;
    return WAY.plus(isLong ? TrialRules.LONGEST_RUN : worst);
  }

  /** Waits for nobody any more; a program that runs here is ended. */
  public void cancel() {
    if (here != null) {
      here.cancel();
    }
    if (asked != null) {
      giveUp();
      end();
    }
  }

  private void begin(List<String> who, Duration limit) {
    rows.begin(who);
    running.set(true);
    Instant began = desk.now();
    state.set(texts.get("trial.running", ages.length(0), ages.length(limit.toSeconds())));
    ticks = desk.everySecond(() -> tick(began, limit));
  }

  private void tick(Instant began, Duration limit) {
    Duration gone = Duration.between(began, desk.now());
    NodeTrial trial = asked;
    if (trial != null && gone.compareTo(limit) >= 0) {
      rows.others(TrialRow.State.SILENT, who -> silent(who, limit));
      end();
      return;
    }
    if (running.get()) {
      state.set(
          texts.get(
              "trial.running", ages.length(gone.toSeconds()), ages.length(limit.toSeconds())));
    }
    if (trial != null && !trial.isTakenUp() && gone.compareTo(MANAGER_SILENT) >= 0) {
      problem.set(texts.get(trial.isAway() ? "trial.hubAway" : "trial.managerSilent"));
    }
  }

  private String silent(String node, Duration limit) {
    String within = ages.length(limit.toSeconds());
    return known.stream()
        .filter(status -> status.name().equals(node))
        .findFirst()
        .map(
            status -> texts.get("trial.silent", within, ages.ago(status.heartbeatAt(), desk.now())))
        .orElseGet(() -> texts.get("trial.silent.unknown", within));
  }

  private void end() {
    ticks.close();
    if (asked != null) {
      asked.close();
      asked = null;
    }
    running.set(false);
    state.set(rows.summary());
  }

  private void giveUp() {
    rows.others(TrialRow.State.GIVEN_UP, _ -> texts.get("trial.givenUp"));
  }

  /** What was tried last, for its results. */
  public String name() {
    return name;
  }

  /** Where to run. */
  public ObjectProperty<Where> whereProperty() {
    return where;
  }

  /** All nodes that are known, by name. */
  public ObservableList<String> nodes() {
    return nodesToSee;
  }

  /** The nodes that were chosen. */
  public ObservableList<String> chosen() {
    return chosen;
  }

  /** Who was asked, and how far they are. */
  public ObservableList<TrialRow> rows() {
    return rows.toSee();
  }

  /** Whether a trial is under way. */
  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** How it stands, in a line. */
  public ReadOnlyStringProperty stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** What is in the way; empty for nothing. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** What comes of a request to nodes. */
  private final class Ears implements NodeTrial.Listener {
    @Override
    public void answered(TrialAnswer answer) {
      problem.set("");
      Run run = answer.run();
      if (answer.isManagers()) {
        if (answer.refusal() != null) {
          problem.set(texts.get("trial.managerRefused", answer.text()));
          rows.others(TrialRow.State.REFUSED, _ -> answer.text());
        }
      } else if (run != null) {
        rows.answered(
            answer.node(),
            run,
            picture ->
                session
                    .connection()
                    .trials()
                    .picture(answer.request(), answer.node(), picture.name()));
      } else {
        rows.refused(answer.node(), answer.text());
      }
      if (rows.count(TrialRow.State.WAITING) == 0) {
        end();
      }
    }

    @Override
    public void failed(String reason) {
      problem.set(texts.get("hub.failed", reason));
      rows.others(TrialRow.State.REFUSED, _ -> texts.get("trial.notAsked"));
      end();
    }

    @Override
    public void connection(boolean away) {
      problem.set(away ? texts.get("trial.hubAway") : "");
    }
  }
}
