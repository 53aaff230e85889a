package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.Incident.Witness;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A span in which something was not as it should be, as the words known at the moment tell it. With
 * more words the same span may begin, end or look otherwise, or turn out never to have been; it is
 * the same episode as another one if both are {@link #isSameAs the same}.
 *
 * @param kind what is wrong, the worst that it was
 * @param subject the id of the test, or the name of the node
 * @param began when it began: the start of the first run that showed it
 * @param confirmed when it was sure, by the times of the runs; never before {@code began}
 * @param ended when it was over, by the times of the runs; null as long as it lasts
 * @param text one line for people: what is wrong
 * @param witnesses what each node said when it was sure, those that spoke for it first; bounded
 * @param latest the last word of each node within the episode, likewise
 * @param suppressed why nobody is to be told at the moment, or was; null when somebody is
 */
public record Episode(
    Kind kind,
    String subject,
    Instant began,
    Instant confirmed,
    @Nullable Instant ended,
    String text,
    List<Witness> witnesses,
    List<Witness> latest,
    @Nullable Suppression suppressed) {

  public Episode {
    witnesses = List.copyOf(witnesses);
    latest = List.copyOf(latest);
  }

  /** Kinds of which a subject has one episode at a time at most. */
  public enum Group {
    /** A test is down, degraded or flapping. */
    TEST,
    /** Nobody can tell how a test is. */
    DATA,
    /** A node has trouble. */
    NODE,
    /** A certificate of a test ends. */
    CERTIFICATE;

    /** The lower-case name that ids use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The group of a kind. */
    public static Group of(Kind kind) {
      return switch (kind) {
        case DOWN, DEGRADED, FLAPPING -> TEST;
        case NO_DATA -> DATA;
        case NODE -> NODE;
        case CERTIFICATE -> CERTIFICATE;
      };
    }
  }

  /** Its group. */
  public Group group() {
    return Group.of(kind);
  }

  /** Whether it lasts. */
  public boolean isOpen() {
    return ended == null;
  }

  /** Whether it lasted at an instant; its end is not part of it. */
  public boolean covers(Instant at) {
    return !at.isBefore(began) && (ended == null || at.isBefore(ended));
  }

  /**
   * Whether an incident that was recorded before is about this: of the same group and subject, and
   * their spans have an instant in common. One episode can be the same as several incidents, where
   * late words closed the gap between them, and the other way round; the one that began first takes
   * the place of all.
   */
  public boolean isSameAs(Incident incident) {
    Instant otherEnd = incident.ended();
    return subject.equals(incident.subject())
        && group() == Group.of(incident.kind())
        && (otherEnd == null || began.isBefore(otherEnd) || began.equals(incident.began()))
        && (ended == null || incident.began().isBefore(ended));
  }

  /** The same, told to nobody because of that; or told again, with null. */
  public Episode withSuppressed(@Nullable Suppression because) {
    return new Episode(kind, subject, began, confirmed, ended, text, witnesses, latest, because);
  }
}
