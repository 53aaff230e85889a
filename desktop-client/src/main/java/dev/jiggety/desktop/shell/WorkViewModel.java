package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks.Running;
import dev.jiggety.desktop.navigation.Desk;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What takes longer than a moment: its name, how many others there are, and whether it can be
 * stopped. What is done at once is never shown. FX thread only.
 */
final class WorkViewModel {
  /** What takes no longer than this is not worth a word. */
  static final Duration MOMENT = Duration.ofMillis(500);

  private static final Duration LOOK = Duration.ofMillis(250);

  private final Desk desk;
  private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper cancellable = new ReadOnlyBooleanWrapper();
  private final Map<Running, Instant> since = new LinkedHashMap<>();
  private @Nullable Pin ticks;
  private @Nullable Running shown;

  WorkViewModel(Desk desk) {
    this.desk = desk;
  }

  /** Begins to follow. */
  Pin activate() {
    Pin watch = desk.tasks().watch(this::follow);
    return () -> {
      watch.close();
      since.clear();
      rest();
      show();
    };
  }

  /** What takes so long; empty for nothing. */
  ReadOnlyStringProperty textProperty() {
    return text.getReadOnlyProperty();
  }

  /** Whether it can be stopped. */
  ReadOnlyBooleanProperty cancellableProperty() {
    return cancellable.getReadOnlyProperty();
  }

  /** Stops what is shown. */
  void cancel() {
    if (shown != null) {
      shown.cancel();
    }
  }

  private void follow(List<Running> jobs) {
    Instant now = desk.now();
    since.keySet().retainAll(jobs);
    jobs.forEach(job -> since.putIfAbsent(job, now));
    if (since.isEmpty()) {
      rest();
    } else if (ticks == null) {
      ticks = desk.ticker().every(LOOK, () -> desk.tasks().post(this::show));
    }
    show();
  }

  private void rest() {
    if (ticks != null) {
      ticks.close();
      ticks = null;
    }
  }

  private void show() {
    Instant latest = desk.now().minus(MOMENT);
    List<Running> slow =
        since.entrySet().stream()
            .filter(entry -> !entry.getValue().isAfter(latest) && !entry.getKey().isCancelled())
            .map(Map.Entry::getKey)
            .toList();
    // What people can name and stop comes before what merely happens.
    shown =
        slow.stream()
            .filter(Running::isCancellable)
            .findFirst()
            .or(() -> slow.stream().filter(job -> !job.title().isEmpty()).findFirst())
            .or(() -> slow.stream().findFirst())
            .orElse(null);
    cancellable.set(shown != null && shown.isCancellable());
    text.set(shown == null ? "" : words(shown, slow.size() - 1));
  }

  private String words(Running job, int others) {
    String name = job.title().isEmpty() ? desk.texts().get("work.unnamed") : job.title();
    return others == 0 ? name : desk.texts().get("work.others", name, others);
  }
}
