package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.LogExcerpt;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The last log lines of a node or manager. Asks only while {@link #openProperty} is true. Memory is
 * bounded: the writer keeps few, and of these the newest {@value #MOST} are shown. FX thread only.
 */
final class LogViewModel {
  /** Lines that are shown, at most. */
  static final int MOST = 300;

  /** How often it is asked for while it is followed. */
  static final Duration OFTEN = Duration.ofSeconds(5);

  private final Desk desk;
  private final Session session;
  private final Ages ages;
  private final BooleanProperty open = new SimpleBooleanProperty();
  private final BooleanProperty follow = new SimpleBooleanProperty(true);
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");
  private final ObservableList<LogExcerpt.Line> lines = FXCollections.observableArrayList();
  private String writer = "";
  private @Nullable Instant writtenAt;
  private @Nullable Instant askedAt;
  private String trouble = "";

  LogViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.ages = new Ages(desk.texts(), desk.zone());
    open.subscribe(this::refresh);
  }

  /** Begins to follow. */
  Pin activate() {
    refresh();
    return desk.everySecond(this::tick);
  }

  /** Whether it is seen. */
  BooleanProperty openProperty() {
    return open;
  }

  /** Whether it is asked for again and again. */
  BooleanProperty followProperty() {
    return follow;
  }

  /** Whose lines these are. */
  ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /** How old they are, or why there are none. */
  ReadOnlyStringProperty ageProperty() {
    return age.getReadOnlyProperty();
  }

  /** Oldest first. */
  ObservableList<LogExcerpt.Line> lines() {
    return lines;
  }

  /** Whose lines are wanted; null for nobody's. A hub's own lie on its machine. */
  void of(@Nullable Part part) {
    String now =
        part == null
            ? ""
            : switch (part.kind()) {
              case NODE -> part.name();
              case MANAGER -> LogExcerpt.manager(part.name());
              case HUB -> "";
            };
    String words =
        part == null
            ? desk.texts().get("nodes.log.none")
            : desk.texts()
                .get(part.kind() == Part.Kind.HUB ? "nodes.log.hub" : "nodes.log.of", part.name());
    title.set(words);
    if (!now.equals(writer)) {
      writer = now;
      writtenAt = null;
      trouble = "";
      lines.clear();
      refresh();
    }
  }

  /** Asks now. */
  void refresh() {
    String whose = writer;
    if (!open.get() || whose.isEmpty()) {
      say();
      return;
    }
    askedAt = desk.now();
    var logs = session.connection().logs();
    desk.tasks()
        .create(() -> logs.find(whose))
        .onSuccess(found -> take(whose, found))
        .onError(
            HubException.class,
            e -> {
              if (whose.equals(writer)) {
                trouble = String.valueOf(e.getMessage());
              }
            })
        .onFinally(this::say)
        .start();
  }

  private void take(String whose, Optional<LogExcerpt> found) {
    if (!whose.equals(writer)) {
      return; // another one was chosen meanwhile
    }
    trouble = "";
    writtenAt = found.map(LogExcerpt::writtenAt).orElse(null);
    List<LogExcerpt.Line> all = found.map(LogExcerpt::lines).orElse(List.of());
    List<LogExcerpt.Line> newest = all.subList(Math.max(0, all.size() - MOST), all.size());
    if (!newest.equals(lines)) {
      lines.setAll(newest);
    }
  }

  private void tick() {
    Instant asked = askedAt;
    boolean isDue = asked == null || !desk.now().isBefore(asked.plus(OFTEN));
    if (open.get() && follow.get() && isDue) {
      refresh();
    }
    say();
  }

  private void say() {
    Instant written = writtenAt;
    age.set(
        writer.isEmpty()
            ? ""
            : !trouble.isEmpty()
                ? desk.texts().get("nodes.log.failed", trouble)
                : written == null
                    ? desk.texts().get("nodes.log.nothing")
                    : desk.texts().get("nodes.log.age", ages.ago(written, desk.now())));
  }
}
