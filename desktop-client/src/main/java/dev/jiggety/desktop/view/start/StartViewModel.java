package dev.jiggety.desktop.view.start;

import dev.jiggety.couch.Credentials;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.program.Trial;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What the first start shows and does. FX thread only. */
public final class StartViewModel {
  /** The oldest CouchDB that has all we need. */
  private static final int OLDEST = 3;

  /** The stages of a trial, as the program calls them, in their order. */
  static final List<String> STAGES = List.of("hub", "databases", "manager", "nodes", "tests");

  /** What is seen. */
  public enum Page {
    CHOICE,
    TRIAL,
    COUCH
  }

  /** How a step stands. */
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * A step of what is under way.
   *
   * @param words what it does, or did
   */
  public record Step(String words, State state) {}

  /** What becomes of a choice. */
  public interface Chosen {
    /** The trial is under way. */
    void trial(Trial.Ready ready);

    /** A hub is to be connected to. */
    void hub(String url, Optional<Credentials> login);

    /** A hub is to be named by hand. */
    void connect();
  }

  private final Desk desk;
  private final FirstSteps steps;
  private final Chosen chosen;
  private final ReadOnlyObjectWrapper<Page> page = new ReadOnlyObjectWrapper<>(Page.CHOICE);
  private final ObservableList<Step> shown = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final BooleanProperty mayProvision = new SimpleBooleanProperty();
  private final BooleanProperty isReady = new SimpleBooleanProperty();
  private final StringProperty url = new SimpleStringProperty("http://127.0.0.1:5984");
  private final StringProperty user = new SimpleStringProperty("admin");
  private final StringProperty password = new SimpleStringProperty("");
  private int attempt;

  public StartViewModel(Desk desk, FirstSteps steps, Chosen chosen) {
    this.desk = desk;
    this.steps = steps;
    this.chosen = chosen;
    for (StringProperty field : List.of(url, user, password)) {
      field.addListener((property, before, now) -> forget());
    }
  }

  public ReadOnlyObjectProperty<Page> pageProperty() {
    return page.getReadOnlyProperty();
  }

  /** What is done, step by step. */
  public ObservableList<Step> steps() {
    return shown;
  }

  /** What is wrong and what helps; empty when nothing is. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Whether something is under way, which can be cancelled. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  public StringProperty urlProperty() {
    return url;
  }

  public StringProperty userProperty() {
    return user;
  }

  /** Emptied as soon as the hub was handed over. */
  public StringProperty passwordProperty() {
    return password;
  }

  /** Whether what answers there can be set up. */
  public BooleanProperty mayProvisionProperty() {
    return mayProvision;
  }

  /** Whether there is a hub to connect to now. */
  public BooleanProperty readyProperty() {
    return isReady;
  }

  /** Back to the choice; what is under way is given up. */
  public void choose() {
    cancel();
    page.set(Page.CHOICE);
    problem.set("");
    shown.clear();
  }

  /** A hub is named by hand. */
  public void connect() {
    choose();
    chosen.connect();
  }

  /** To the form for a CouchDB. */
  public void couch() {
    choose();
    page.set(Page.COUCH);
    forget();
  }

  /** Starts all of it on this machine and goes there. */
  public void tryHere() {
    choose();
    page.set(Page.TRIAL);
    if (!steps.hasProgram()) {
      problem.set(desk.texts().get("start.noProgram"));
      return;
    }
    int mine = begin();
    STAGES.forEach(stage -> shown.add(step(stage, State.WAITING)));
    shown.set(0, step(STAGES.getFirst(), State.RUNNING));
    desk.tasks()
        .create(() -> steps.tryHere(stage -> desk.tasks().post(() -> reached(mine, stage))))
        .called(desk.texts().get("start.trial.working"))
        .onSuccess(ready -> {
          if (end(mine)) {
            chosen.trial(ready);
            choose();
          }
        })
        .onError(IOException.class, e -> fail(mine, "start.trial.failed", e))
        .start();
  }

  /** Asks what answers at the address. */
  public void look() {
    if (busy.get()) {
      return;
    }
    forget();
    int mine = begin();
    String address = url.get().strip();
    Optional<Credentials> login = login();
    shown.setAll(new Step(desk.texts().get("start.couch.looking", address), State.RUNNING));
    desk.tasks()
        .create(() -> steps.look(address, login))
        .called(desk.texts().get("start.couch.looking", address))
        .onSuccess(found -> {
          if (end(mine)) {
            judge(address, found);
          }
        })
        .onError(IOException.class, e -> fail(mine, "start.couch.silent", e))
        .onError(IllegalArgumentException.class, e -> fail(mine, "start.couch.noAddress", e))
        .start();
  }

  /** Makes the databases there. */
  public void provision() {
    if (busy.get() || !mayProvision.get()) {
      return;
    }
    if (!steps.hasProgram()) {
      problem.set(desk.texts().get("start.noProgram"));
      return;
    }
    int mine = begin();
    String address = url.get().strip();
    Optional<Credentials> login = login();
    shown.add(new Step(desk.texts().get("start.couch.making"), State.RUNNING));
    desk.tasks()
        .create(() -> steps.provision(address, login))
        .called(desk.texts().get("start.couch.making"))
        .onSuccess(lines -> {
          if (end(mine)) {
            settleLast(State.DONE);
            lines.forEach(line -> shown.add(new Step(line, State.DONE)));
            mayProvision.set(false);
            isReady.set(true);
          }
        })
        .onError(IOException.class, e -> fail(mine, "start.couch.notMade", e))
        .start();
  }

  /** Goes to the hub that was set up. */
  public void go() {
    String address = url.get().strip();
    Optional<Credentials> login = login();
    choose();
    password.set("");
    chosen.hub(address, login);
  }

  /** Gives up what is under way. */
  public void cancel() {
    if (!busy.get()) {
      return;
    }
    attempt++;
    busy.set(false);
    settleLast(State.FAILED);
    if (page.get() == Page.TRIAL) {
      desk.tasks()
          .create(() -> {
            steps.stopTrying();
            return true;
          })
          .start();
    }
    problem.set(desk.texts().get("start.cancelled"));
  }

  /** Ends what runs on this machine. */
  public void close() {
    attempt++;
    steps.close();
  }

  private Optional<Credentials> login() {
    String name = user.get().strip();
    return name.isEmpty() ? Optional.empty() : Optional.of(Credentials.of(name, password.get()));
  }

  /** What was found is of another address, or of somebody else. */
  private void forget() {
    mayProvision.set(false);
    isReady.set(false);
    problem.set("");
    shown.clear();
  }

  private int begin() {
    problem.set("");
    busy.set(true);
    return ++attempt;
  }

  private boolean end(int mine) {
    if (mine != attempt) {
      return false;
    }
    busy.set(false);
    return true;
  }

  private void fail(int mine, String key, Exception e) {
    if (end(mine)) {
      settleLast(State.FAILED);
      problem.set(desk.texts().get(key, String.valueOf(e.getMessage())));
    }
  }

  private void settleLast(State state) {
    for (int i = 0; i < shown.size(); i++) {
      if (shown.get(i).state() == State.RUNNING) {
        shown.set(i, new Step(shown.get(i).words(), state));
      }
    }
  }

  private Step step(String stage, State state) {
    return new Step(desk.texts().get("start.stage." + stage), state);
  }

  private void reached(int mine, String stage) {
    int at = STAGES.indexOf(stage);
    if (mine != attempt || at < 0) {
      return;
    }
    for (int i = 0; i < STAGES.size(); i++) {
      State state = i <= at ? State.DONE : i == at + 1 ? State.RUNNING : State.WAITING;
      shown.set(i, step(STAGES.get(i), state));
    }
  }

  private void judge(String address, FirstSteps.Found found) {
    shown.setAll(
        new Step(
            desk.texts().get("start.couch.found", found.vendor(), found.version(), address),
            State.DONE));
    if (isTooOld(found.version())) {
      problem.set(desk.texts().get("start.couch.old", found.version()));
    } else if (!found.admin()) {
      shown.add(new Step(desk.texts().get("start.couch.noRights"), State.FAILED));
      problem.set(desk.texts().get("start.couch.needsAdmin"));
    } else {
      shown.add(new Step(desk.texts().get("start.couch.rights"), State.DONE));
      shown.add(
          new Step(
              desk.texts().get(found.provisioned() ? "start.couch.there" : "start.couch.empty"),
              State.DONE));
      mayProvision.set(true);
      isReady.set(found.provisioned());
    }
  }

  private static boolean isTooOld(String version) {
    String major = version.split("\\.", 2)[0];
    return major.matches("\\d{1,4}") && Integer.parseInt(major) < OLDEST;
  }
}
