package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.ChartGestures;
import dev.jiggety.desktop.chart.Series;
import dev.jiggety.desktop.chart.SeriesBuffer;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.feed.RunPoint;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.model.Run;
import dev.jiggety.repository.HubException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * What the chart of a test shows. Old runs are read from the hub in the background, new ones come
 * by the feed. While it follows, the view moves on with time; a person who zooms or pans away stops
 * that, and going back starts it again. FX thread only.
 */
public final class ResultsViewModel implements ChartGestures.Wish {
  private final Desk desk;
  private final Session session;
  private final RunHistory history = new RunHistory();
  private final ObservableList<TestPicture> tests = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable String> testId = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable TestPicture> test = new ReadOnlyObjectWrapper<>();
  private final ObjectProperty<Range> range = new SimpleObjectProperty<>(Range.MINUTES_15);
  private final ObjectProperty<Viewport> view;
  private final BooleanProperty following = new SimpleBooleanProperty(true);
  private final ReadOnlyObjectWrapper<List<Series<RunPoint>>> lines =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<SpanFigures> figures =
      new ReadOnlyObjectWrapper<>(SpanFigures.NONE);
  private final AtomicInteger wish = new AtomicInteger();
  private Instant loadedFrom = Instant.MAX;
  private boolean heard;
  private boolean reckoning;
  private boolean reckonAgain;

  public ResultsViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.view = new SimpleObjectProperty<>(newest());
    view.addListener((property, before, now) -> reckon());
    lines.addListener((property, before, now) -> reckon());
    testId.addListener((property, before, now) -> begin());
    range.addListener((property, before, now) -> {
      reset();
      load();
    });
    following.addListener((property, before, now) -> {
      if (now) {
        view.set(newest());
      }
    });
  }

  /** Begins to follow the feed and time. */
  public Pin activate() {
    Pin pins =
        Pin.all(
            session.feed().subscribe(this::show),
            desk.everySecond(() -> {
              if (following.get()) {
                view.set(newest());
              }
            }));
    restart(); // what came while nobody looked is read from the hub
    return () -> {
      pins.close();
      wish.incrementAndGet();
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

  /** How far back the chart reaches. */
  public ObjectProperty<Range> rangeProperty() {
    return range;
  }

  /** What the chart shows. */
  public ObjectProperty<Viewport> viewProperty() {
    return view;
  }

  /** Whether the view moves on with time. */
  public BooleanProperty followingProperty() {
    return following;
  }

  /** A line for each node. */
  public ReadOnlyObjectProperty<List<Series<RunPoint>>> linesProperty() {
    return lines.getReadOnlyProperty();
  }

  /** The figures of what is in view. */
  public ReadOnlyObjectProperty<SpanFigures> figuresProperty() {
    return figures.getReadOnlyProperty();
  }

  /** Whether old runs are being read. */
  public ReadOnlyBooleanProperty loadingProperty() {
    return loading.getReadOnlyProperty();
  }

  /** Why old runs could not be read; empty when they could. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  private void begin() {
    history.clear();
    lines.set(List.of());
    restart();
  }

  /** Reads everything anew; what is shown stays until then, and for good when the hub is away. */
  public void restart() {
    loadedFrom = Instant.MAX;
    chooseTest();
    reset();
    load();
  }

  @Override
  public void show(Viewport wanted) {
    Viewport limits = limits();
    Viewport inside = wanted.within(limits);
    following.set(inside.equals(limits));
    view.set(inside);
  }

  @Override
  public void reset() {
    following.set(true);
    view.set(newest());
  }

  @Override
  public long longest() {
    return range.get().length().toMillis();
  }

  public void edit() {
    TestPicture shown = test.get();
    if (shown != null) {
      desk.navigator().edit(EditRequest.of(shown.stored(), session.basket()));
    }
  }

  private Viewport newest() {
    return limits();
  }

  private Viewport limits() {
    long now = desk.now().toEpochMilli();
    return new Viewport(now - range.get().length().toMillis(), now);
  }

  private void show(LiveFeed.Update update) {
    if (!tests.equals(update.picture().tests())) {
      tests.setAll(update.picture().tests());
    }
    if (testId.get() == null && !tests.isEmpty()) {
      testId.set(tests.getFirst().test().id()); // better any chart than none
    }
    chooseTest();
    boolean connected = update.picture().link() instanceof Link.Connected;
    if (connected && !heard && !problem.get().isEmpty()) {
      load();
    }
    heard = connected;
    List<Run> mine =
        update.runs().stream().filter(run -> run.testId().equals(testId.get())).toList();
    if (!mine.isEmpty()) {
      take(RunHistory.points(mine));
    }
  }

  /** Works the figures out in the background; at most once at a time, and once more after. */
  private void reckon() {
    if (reckoning) {
      reckonAgain = true;
      return;
    }
    reckoning = true;
    reckonAgain = false;
    List<Series<RunPoint>> shown = lines.get();
    Viewport span = view.get();
    desk.tasks()
        .create(() -> SpanFigures.of(shown, span))
        .onSuccess(figures::set)
        .onFinally(() -> {
          reckoning = false;
          if (reckonAgain) {
            reckon();
          }
        })
        .start();
  }

  private void chooseTest() {
    String wanted = testId.get();
    test.set(wanted == null ? null : session.feed().picture().find(wanted));
  }

  /** Reads what the range wants and was not read yet; only the newest wish is heard. */
  private void load() {
    String id = testId.get();
    Instant from = desk.now().minus(range.get().length());
    if (id == null || !from.isBefore(loadedFrom)) {
      loading.set(false);
      return;
    }
    Instant to = loadedFrom.equals(Instant.MAX) ? desk.now().plusSeconds(60) : loadedFrom;
    int mine = wish.incrementAndGet();
    loading.set(true);
    problem.set("");
    desk.tasks()
        .create(() -> read(id, from, to, mine))
        .onSuccess(points -> {
          if (mine == wish.get()) {
            loadedFrom = from;
            take(points);
          }
        })
        .onError(CancellationException.class, overtaken -> {})
        .onError(HubException.class, e -> problem.set(e.getMessage()))
        .onFinally(() -> {
          if (mine == wish.get()) {
            loading.set(false);
          }
        })
        .start();
  }

  private Map<String, List<SeriesBuffer.Point<RunPoint>>> read(
      String id, Instant from, Instant to, int mine) {
    List<Run> runs = new ArrayList<>();
    session
        .connection()
        .results()
        .read(
            from,
            to,
            batch -> {
              if (mine != wish.get()) {
                throw new CancellationException();
              }
              batch.runs().stream().filter(run -> run.testId().equals(id)).forEach(runs::add);
            });
    return RunHistory.points(runs);
  }

  private void take(Map<String, List<SeriesBuffer.Point<RunPoint>>> points) {
    if (history.add(points)) {
      lines.set(history.lines());
    }
  }
}
