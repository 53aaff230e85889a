package dev.jiggety.model.rules.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the public is shown: names that somebody gave to tests, what state they are in and were in.
 * Nothing else gets in: no nodes, no errors, no addresses unless somebody asked for them.
 * Immutable.
 *
 * @param asOf when it was true
 * @param measured the latest time of which the hub had results; null for none at all
 * @param days how many days its bars show
 * @param groups in the order in which they are shown; none is empty
 * @param incidents open ones first, then the latest first
 * @param maintenance under way and announced, the earliest first
 */
public record PublicPicture(
    Instant asOf,
    @Nullable Instant measured,
    int days,
    List<Group> groups,
    List<Trouble> incidents,
    List<Announcement> maintenance) {

  public PublicPicture {
    groups = List.copyOf(groups);
    incidents = List.copyOf(incidents);
    maintenance = List.copyOf(maintenance);
  }

  /** How a test is now. The worse the later, but for what is not the test's own doing. */
  public enum State {
    OPERATIONAL("Operational"),
    MAINTENANCE("Under maintenance"),
    NO_DATA("No current data"),
    CHECKING("Being checked"),
    DEGRADED("Slow"),
    UNSTABLE("Unstable"),
    DOWN("Down");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }

    /** The lower-case name that documents use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Tests that are shown together.
   *
   * @param slug for addresses; made of the name
   * @param days of all of them together
   */
  public record Group(String name, String slug, List<Service> services, List<Day> days) {
    public Group {
      services = List.copyOf(services);
      days = List.copyOf(days);
    }

    /** The worst state of them. */
    public State state() {
      return worst(services);
    }

    /** All days together. */
    public TimeShare time() {
      return together(days);
    }
  }

  /**
   * A test as the public sees it.
   *
   * @param slug for addresses; made of the name, not of the id
   * @param since since when it is in this state, where that is known and not good
   * @param address what it looks at; null unless somebody asked for that
   */
  public record Service(
      String name,
      String slug,
      State state,
      @Nullable Instant since,
      @Nullable String address,
      List<Day> days) {
    public Service {
      days = List.copyOf(days);
    }

    /** All days together. */
    public TimeShare time() {
      return together(days);
    }

    /** The share of the observed time in which it was there. */
    public OptionalDouble availability() {
      return time().availability();
    }
  }

  /**
   * An incident as the public sees it.
   *
   * @param key a stable name that tells nothing
   * @param state what the service was
   * @param ended null while it lasts
   */
  public record Trouble(
      String key,
      String service,
      String slug,
      State state,
      Instant began,
      @Nullable Instant ended) {
    /** Whether it lasts. */
    public boolean isOpen() {
      return ended == null;
    }

    /** How long it lasted, or has lasted so far. */
    public Duration length(Instant asOf) {
      return Duration.between(began, ended == null ? asOf : ended);
    }
  }

  /**
   * Maintenance.
   *
   * @param title what somebody called it; may be empty
   * @param services the names of what it concerns
   */
  public record Announcement(String title, Span span, List<String> services) {
    public Announcement {
      services = List.copyOf(services);
    }

    /** Whether it is under way. */
    public boolean isUnderWay(Instant asOf) {
      return span.contains(asOf);
    }
  }

  /** The worst state of all that is shown; empty when nothing is. */
  public Optional<State> state() {
    List<Service> all = groups.stream().flatMap(group -> group.services().stream()).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(worst(all));
  }

  /** All that is shown. */
  public List<Service> services() {
    return groups.stream().flatMap(group -> group.services().stream()).toList();
  }

  private static State worst(List<Service> services) {
    return services.stream().map(Service::state).max(State::compareTo).orElse(State.NO_DATA);
  }

  private static TimeShare together(List<Day> days) {
    return days.stream().map(Day::time).reduce(TimeShare.NONE, TimeShare::plus);
  }
}
