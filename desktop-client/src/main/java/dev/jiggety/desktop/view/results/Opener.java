package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.run.PictureSource;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Run;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Fetches all that a run has to tell, as long as the hub keeps it. FX thread only. */
final class Opener {
  /** A batch holds what ended until it was flushed, so it is a little younger than its runs. */
  private static final Duration BEFORE = Duration.ofMinutes(1);

  private static final Duration AFTER = Duration.ofMinutes(10);

  private final Desk desk;
  private final Session session;
  private final AtomicInteger turn = new AtomicInteger();
  private final ReadOnlyObjectWrapper<@Nullable Opened> opened = new ReadOnlyObjectWrapper<>();

  /** A run with all that it has to tell, and where its pictures are. */
  record Opened(Run run, PictureSource pictures) {}

  Opener(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
  }

  /** The run that was opened last; null for none. */
  ReadOnlyObjectProperty<@Nullable Opened> openedProperty() {
    return opened.getReadOnlyProperty();
  }

  void close() {
    turn.incrementAndGet();
    opened.set(null);
  }

  void open(String test, String node, Instant planned, Instant started) {
    int mine = turn.incrementAndGet();
    desk.tasks()
        .create(() -> find(test, node, planned, started, mine))
        .called(desk.texts().get("results.opening"))
        .onCancel(() -> {})
        .onSuccess(run -> {
          if (mine == turn.get()) {
            if (run.isPresent()) {
              opened.set(run.get());
            } else {
              desk.dialogs().say(Tone.WARNING, desk.texts().get("results.gone"));
            }
          }
        })
        .onError(CancellationException.class, overtaken -> {})
        .onError(
            HubException.class,
            e -> desk.dialogs().say(Tone.WARNING, String.valueOf(e.getMessage())))
        .start();
  }

  private Optional<Opened> find(
      String test, String node, Instant planned, Instant started, int mine) {
    AtomicReference<@Nullable Opened> found = new AtomicReference<>();
    session
        .connection()
        .results()
        .read(
            started.minus(BEFORE),
            started.plus(AFTER),
            batch -> {
              if (mine != turn.get()) {
                throw new CancellationException();
              }
              if (found.get() == null && batch.node().equals(node)) {
                batch.runs().stream()
                    .filter(run -> run.testId().equals(test) && run.plannedAt().equals(planned))
                    .findFirst()
                    .ifPresent(run -> found.set(new Opened(run, pictures(batch))));
              }
            });
    return Optional.ofNullable(found.get());
  }

  private PictureSource pictures(Batch batch) {
    String id = Ids.batch(batch.at(), batch.node(), batch.stream(), batch.seq());
    return picture -> session.connection().results().picture(id, picture.name());
  }
}
