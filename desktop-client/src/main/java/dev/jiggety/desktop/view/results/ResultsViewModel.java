package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Annotation;
import dev.jiggety.desktop.chart.ChartGestures;
import dev.jiggety.desktop.chart.ChartInput;
import dev.jiggety.desktop.chart.ChartInput.Pane;
import dev.jiggety.desktop.chart.Hover;
import dev.jiggety.desktop.chart.LineData;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.view.results.Subjects.Subject;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * What the charts of a test show. Short spans are made of every sample, longer ones of sums by
 * minute, hour or day; both are read from the hub in the background, and new runs come by the feed.
 * While it follows, the view moves on with time; a person who looks back stops that, and going back
 * to the present starts it again. FX thread only.
 */
public final class ResultsViewModel implements ChartGestures.Wish {
  /** A view that is changed again within this time is not worth reading for. */
  static final Duration CALM = Duration.ofMillis(150);

  /** How far the end of a view that follows can be behind the present, in milliseconds. */
  private static final long TICK = 1_500;

  private static final Duration PER_DAY = Duration.ofDays(1);

  private final Desk desk;
  private final Session session;
  private final Subjects subjects = new Subjects();
  private final Loader loader;
  private final Composer composer;
  private final ObservableList<TestPicture> tests = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable String> testId = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable TestPicture> test = new ReadOnlyObjectWrapper<>();
  private final ObjectProperty<@Nullable Range> range =
      new SimpleObjectProperty<>(Range.MINUTES_15);
  private final ObjectProperty<Viewport> view;
  private final BooleanProperty following = new SimpleBooleanProperty(true);
  private final ObjectProperty<Looks> looks = new SimpleObjectProperty<>(Looks.FIRST);
  private final ReadOnlyObjectWrapper<@Nullable Instant> oldSince = new ReadOnlyObjectWrapper<>();
  private final Opener opener;
  private int pixels = 1200;
  private boolean connected;
  private boolean active;
  private long heardSince = Long.MAX_VALUE;
  private Pin calm = () -> {};

  public ResultsViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.view = new SimpleObjectProperty<>(newest(Range.MINUTES_15.length().toMillis()));
    this.composer = new Composer(desk, session);
    this.opener = new Opener(desk, session);
    this.loader =
        new Loader(
            desk.tasks(),
            session.connection()::history,
            desk.texts().get("results.reading"),
            this::compose,
            this::loadRest);
    view.addListener((property, before, now) -> viewChanged());
    testId.addListener((property, before, now) -> begin());
    range.addListener((property, before, now) -> {
      if (now != null) {
        reset();
        load();
      }
    });
    following.addListener((property, before, now) -> {
      if (now) {
        view.set(newest(view.get().span()));
      }
    });
    looks.addListener((property, before, now) -> {
      compose();
      load();
    });
  }

  /** Begins to follow the feeds and time. */
  public Pin activate() {
    active = true;
    heardSince = desk.now().toEpochMilli();
    Pin pins =
        Pin.all(
            session.feed().subscribe(this::heard),
            session.incidents().subscribe(picture -> compose()),
            session.rollouts().subscribe(picture -> compose()),
            composer.followWindows(this::compose),
            desk.everySecond(() -> {
              hear();
              if (following.get()) {
                view.set(newest(view.get().span()));
              }
            }));
    restart(); // what came while nobody looked is read from the hub
    return () -> {
      active = false;
      heardSince = Long.MAX_VALUE;
      pins.close();
      calm.close();
      loader.stop();
    };
  }

  /** All tests, by name, to choose from. */
  public ObservableList<TestPicture> tests() {
    return tests;
  }

  /** Which test is shown; null for none. */
  public ObjectProperty<@Nullable String> testIdProperty() {
    return testId;
  }

  /** The test that is shown, as it is now; null when there is none of that id. */
  public ReadOnlyObjectProperty<@Nullable TestPicture> testProperty() {
    return test.getReadOnlyProperty();
  }

  /** How far back the charts reach; null for a span of one's own. */
  public ObjectProperty<@Nullable Range> rangeProperty() {
    return range;
  }

  /** What the charts show. */
  public ObjectProperty<Viewport> viewProperty() {
    return view;
  }

  /** Whether the view moves on with time. */
  public BooleanProperty followingProperty() {
    return following;
  }

  /** How it is shown. */
  public ObjectProperty<Looks> looksProperty() {
    return looks;
  }

  /** All that is drawn. */
  public ReadOnlyObjectProperty<ChartInput> inputProperty() {
    return composer.inputProperty();
  }

  /** The figures of what is in view. */
  public ReadOnlyObjectProperty<SpanFigures> figuresProperty() {
    return composer.figuresProperty();
  }

  /** From 0 to 1 while results are being read, above that when they are not. */
  public ReadOnlyDoubleProperty progressProperty() {
    return loader.progressProperty();
  }

  /** Whether results are being read. */
  public boolean isLoading() {
    return loader.isBusy();
  }

  /** Why results could not be read; empty when they could. */
  public ReadOnlyStringProperty problemProperty() {
    return loader.problemProperty();
  }

  /** Since when nothing is heard of the hub; null while it is heard. */
  public ReadOnlyObjectProperty<@Nullable Instant> oldSinceProperty() {
    return oldSince.getReadOnlyProperty();
  }

  /** The run that was opened; null for none. */
  ReadOnlyObjectProperty<Opener.@Nullable Opened> openedProperty() {
    return opener.openedProperty();
  }

  /** How wide the charts are, which decides how closely results are read. */
  public void setPixels(int width) {
    pixels = Math.max(200, width);
  }

  private void begin() {
    looks.set(looks.get().withHidden(java.util.Set.of()));
    opener.close();
    restart();
  }

  /** Reads everything anew; what is shown stays until then, and for good when the hub is away. */
  public void restart() {
    subjects.doubt();
    chooseTest();
    if (following.get()) {
      view.set(newest(view.get().span()));
    }
    compose();
    load();
  }

  /** Puts an end to reading; what was read stays. */
  public void cancel() {
    loader.cancel();
  }

  @Override
  public void show(Viewport wanted) {
    long now = desk.now().toEpochMilli();
    Viewport inside = wanted.within(new Viewport(now - longest(), now));
    view.set(inside);
    following.set(inside.to() >= now - TICK);
  }

  /** A span of one's own. */
  public void showSpan(Instant from, Instant to) {
    range.set(null);
    show(new Viewport(from.toEpochMilli(), to.toEpochMilli()));
  }

  @Override
  public void reset() {
    Range wanted = range.get();
    view.set(newest(wanted == null ? view.get().span() : wanted.length().toMillis()));
    following.set(true);
  }

  @Override
  public long longest() {
    return Range.LONGEST.toMillis();
  }

  public void edit() {
    TestPicture shown = test.get();
    if (shown != null) {
      desk.navigator().edit(EditRequest.of(shown.stored(), session.basket()));
    }
  }

  /** Opens a run, or looks closer at a step. */
  public void open(Hover hover) {
    switch (hover.what()) {
      case Hover.OfSample sample ->
          opener.open(
              testOf(sample.line()),
              sample.line().name(),
              Instant.ofEpochMilli(sample.line().planned(sample.index())),
              Instant.ofEpochMilli(sample.line().time(sample.index())));
      case Hover.OfStep step ->
          closer(step.line().time(step.index()) + hover.shift(), step.line().length());
      case Hover.OfSlice slice ->
          closer(slice.slices().from(slice.slice()) + hover.shift(), slice.slices().length());
    }
  }

  /** The test that a line belongs to: of several that are compared, the one that has it. */
  private String testOf(LineData line) {
    List<Subject> wanted = wanted();
    List<ChartInput.Subject> drawn = inputProperty().get().subjects();
    for (int i = 0; i < Math.min(wanted.size(), drawn.size()); i++) {
      if (drawn.get(i).lines().contains(line)) {
        return wanted.get(i).history().test();
      }
    }
    return String.valueOf(testId.get());
  }

  /** Goes to what happened. */
  public void open(Annotation happened) {
    switch (happened.kind()) {
      case INCIDENT -> desk.navigator().incident(happened.id());
      case ROLLOUT -> desk.navigator().rollout(happened.id());
      case MAINTENANCE -> show(new Viewport(happened.from(), happened.to()));
    }
  }

  /** Opens the run that was opened no more. */
  public void closeRun() {
    opener.close();
  }

  private void closer(long from, long length) {
    show(new Viewport(from, from + Math.max(length, Viewport.SHORTEST)));
  }

  private Viewport newest(long span) {
    long now = desk.now().toEpochMilli();
    return new Viewport(now - span, now);
  }

  private void heard(LiveFeed.Update update) {
    if (!tests.equals(update.picture().tests())) {
      tests.setAll(update.picture().tests());
    }
    if (testId.get() == null && !tests.isEmpty()) {
      testId.set(tests.getFirst().test().id()); // better any chart than none
    }
    chooseTest();
    boolean before = connected;
    connected = update.picture().link() instanceof Link.Connected;
    oldSince.set(update.picture().link() instanceof Link.Away ? update.picture().heardAt() : null);
    take(update.runs());
    hear();
    if (connected && !before && !problemProperty().get().isEmpty()) {
      load();
    }
  }

  /** As long as the feed hears the hub, nothing is missing up to now. */
  private void hear() {
    if (connected) {
      subjects.heardUpTo(heardSince, desk.now().toEpochMilli());
    }
  }

  private void take(List<Run> runs) {
    boolean changed = false;
    for (Subject subject : wanted()) {
      List<Run> its =
          runs.stream().filter(run -> run.testId().equals(subject.history().test())).toList();
      changed |= !its.isEmpty() && subject.history().add(its);
    }
    if (changed) {
      compose();
    }
  }

  private void chooseTest() {
    String wanted = testId.get();
    test.set(wanted == null ? null : session.feed().picture().find(wanted));
  }

  private void viewChanged() {
    composer.reckon(view.get());
    calm.close();
    calm =
        desk.ticker()
            .every(
                CALM,
                () ->
                    desk.tasks()
                        .post(() -> {
                          calm.close();
                          if (active) {
                            load();
                          }
                        }));
  }

  private void compose() {
    List<Subject> wanted = wanted();
    subjects.keep(wanted);
    composer.compose(test.get(), wanted, looks.get(), view.get());
  }

  /** Reads what is wanted and not read yet. */
  private void load() {
    List<Loader.Errand> errands = new ArrayList<>();
    for (Subject subject : wanted()) {
      long tail = tail(subject);
      for (Viewport piece : subject.history().missing(subject.wish(), tail)) {
        errands.add(new Loader.Errand(subject.history(), subject.wish(), piece));
      }
    }
    loader.load(errands);
    TestPicture shown = test.get();
    if (shown != null) {
      composer.readIncidents(shown.test().id(), view.get(), this::compose);
    }
  }

  /** The view may have moved on while something was read. */
  private void loadRest() {
    if (!loader.wasCancelled()) {
      load();
    }
  }

  /** How much newer than what was read something may be before it is worth reading again. */
  private long tail(Subject subject) {
    return switch (subject.wish().resolution()) {
      case RAW -> connected && subject.shift() == 0 ? Long.MAX_VALUE / 2 : 10_000;
      case MINUTE -> 20_000;
      case HOUR -> 60_000;
      case DAY -> 300_000;
    };
  }

  /** What the view wants to have drawn, the test itself first. */
  private List<Subject> wanted() {
    TestPicture main = test.get();
    String id = testId.get();
    if (id == null) {
      return List.of();
    }
    Looks now = looks.get();
    Resolution resolution =
        Resolution.of(view.get().span(), main == null ? 10_000 : samplesPerDay(main), pixels);
    List<Subject> wanted = new ArrayList<>();
    wanted.add(subject(id, main == null ? id : main.test().name(), 0, resolution, now.byNode()));
    if (now.shift() != Shift.NONE) {
      String name = desk.texts().get("results.shifted." + now.shift().name());
      wanted.add(subject(id, name, now.shift().length().toMillis(), resolution, false));
    }
    for (String other : now.others()) {
      TestPicture picture = session.feed().picture().find(other);
      if (picture != null && !other.equals(id)) {
        wanted.add(subject(other, picture.test().name(), 0, resolution, false));
      }
    }
    return wanted;
  }

  private Subject subject(
      String id, String name, long shift, Resolution resolution, boolean byNode) {
    Viewport span = Subjects.span(view.get(), shift, desk.now().toEpochMilli());
    Wish wish = new Wish(span, resolution, byNode, looks.get().panes().contains(Pane.PHASES));
    return new Subject(name, shift, subjects.history(id, shift), wish);
  }

  private double samplesPerDay(TestPicture picture) {
    TestDefinition definition = picture.test();
    if (Schedules.problem(definition.schedule()).isPresent()) {
      return 10_000;
    }
    Duration interval = Schedules.interval(definition.schedule(), desk.now());
    double runs = PER_DAY.toMillis() / (double) Math.max(1, interval.toMillis());
    return runs * definition.samples() * Math.max(1, picture.nodes().size());
  }
}
