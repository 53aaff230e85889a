package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What a wall shows: the worst of what the overview is narrowed to, the time, and how old all that
 * is. FX thread only.
 */
final class WallViewModel {
  /** Nothing new for longer than this is stale, though nobody says that the hub is away. */
  static final Duration QUIET = Duration.ofSeconds(60);

  private static final int MOST_INCIDENTS = 3;

  private final Desk desk;
  private final OverviewViewModel overview;
  private final Ages ages;
  private final DateTimeFormatter hands;
  private final DateTimeFormatter calendar;
  private final ReadOnlyStringWrapper time = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper date = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper stale = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper incidents = new ReadOnlyStringWrapper("");

  WallViewModel(Desk desk, OverviewViewModel overview) {
    this.desk = desk;
    this.overview = overview;
    this.ages = new Ages(desk.texts(), desk.zone());
    this.hands = DateTimeFormatter.ofPattern("HH:mm", desk.texts().locale());
    this.calendar =
        DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(desk.texts().locale());
  }

  Pin activate() {
    Pin pin = Pin.all(overview.activate(), desk.everySecond(this::tick));
    tick();
    return pin;
  }

  OverviewViewModel overview() {
    return overview;
  }

  ReadOnlyStringProperty timeProperty() {
    return time.getReadOnlyProperty();
  }

  ReadOnlyStringProperty dateProperty() {
    return date.getReadOnlyProperty();
  }

  /** How old the knowledge is. */
  ReadOnlyStringProperty ageProperty() {
    return age.getReadOnlyProperty();
  }

  /** Why what is shown is not to be believed; empty where it is. */
  ReadOnlyStringProperty staleProperty() {
    return stale.getReadOnlyProperty();
  }

  /** What lasts, the worst first; empty for nothing. */
  ReadOnlyStringProperty incidentsProperty() {
    return incidents.getReadOnlyProperty();
  }

  /** How many look how, in words; empty for none. */
  String count(VerdictLook look) {
    int some = overview.countsProperty().get().getOrDefault(look, 0);
    return some == 0 ? "" : desk.texts().get("overview.state", some, look.word(desk.texts()));
  }

  /** What there is no room for. */
  String more(int tests, int room) {
    int left = tests - room;
    return left <= 0 ? "" : desk.texts().get("overview.wall.more", left);
  }

  private void tick() {
    Instant now = desk.now();
    time.set(hands.format(now.atZone(desk.zone())));
    date.set(calendar.format(now.atZone(desk.zone())));
    Instant heard = overview.picture().heardAt();
    String old =
        heard == null ? "" : ages.length(Math.max(0, Duration.between(heard, now).toSeconds()));
    age.set(old.isEmpty() ? "" : desk.texts().get("overview.wall.age", old));
    stale.set(stale(heard, old, now));
    List<Incident> open = overview.incidentsProperty().get();
    String named =
        String.join(
            " · ",
            open.stream()
                .limit(MOST_INCIDENTS)
                .map(it ->
                    desk.texts()
                        .get(
                            "overview.incident",
                            overview.subject(it),
                            desk.texts().get("overview.kind." + it.kind().name()),
                            ages.length(Duration.between(it.began(), now).toSeconds())))
                .toList());
    int left = open.size() - MOST_INCIDENTS;
    incidents.set(left > 0 ? desk.texts().get("overview.wall.incidents", named, left) : named);
  }

  private String stale(@Nullable Instant heard, String old, Instant now) {
    return switch (overview.picture().link()) {
      case Link.Away(var since, var kind, var reason) ->
          desk.texts().get("overview.wall.away", ages.time(since, now), old);
      case Link.Connecting connecting -> desk.texts().get("overview.wall.connecting");
      case Link.Connected connected ->
          heard != null && Duration.between(heard, now).compareTo(QUIET) > 0
              ? desk.texts().get("overview.wall.quiet", old)
              : "";
    };
  }
}
