package dev.jiggety.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The manager's answer to an invitation, signed with its key: first that it stands and whom to
 * believe, then what became of it. It changes once, from {@link State#OPEN} to one of the others.
 *
 * @param invitation the id of the invitation
 * @param state what became of it
 * @param node who was let in; empty where nobody was
 * @param tags what a node that comes with it is chosen by
 * @param reason why nobody was let in, for people; empty otherwise
 * @param keys the managers that a node is to believe
 * @param at since when it is so, by the hub's clock
 * @param by the manager's name
 */
public record Admission(
    String invitation,
    State state,
    String node,
    NavigableSet<String> tags,
    String reason,
    List<TrustedKey> keys,
    Instant at,
    String by) {

  /** What became of an invitation. */
  public enum State {
    /** It stands: the guest has an account and may ask. */
    OPEN,
    /** A node was let in with it. */
    ADMITTED,
    /** It is void: it was wrong, or what was asked with it was. */
    REFUSED,
    /** Nobody came in time. */
    EXPIRED;

    /** The lower-case name that documents use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Admission {
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
    keys = List.copyOf(keys);
  }

  /** The same with another end. */
  public Admission ended(State end, String admitted, String why, Instant now, String manager) {
    return new Admission(invitation, end, admitted, tags, why, keys, now, manager);
  }
}
