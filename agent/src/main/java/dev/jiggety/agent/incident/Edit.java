package dev.jiggety.agent.incident;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Acknowledgement;
import dev.jiggety.model.Incident.Entry;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.Incident.Witness;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One incident while it is changed, each change with its line in the trail. Not thread-safe. */
final class Edit {
  private final Incident before;
  private final String by;
  private final long epoch;
  private final @Nullable Acknowledgement acknowledged;
  private Kind kind;
  private Instant began;
  private @Nullable Instant ended;
  private @Nullable Instant resolved;
  private String text;
  private List<Witness> witnesses;
  private @Nullable Suppression suppressed;
  private List<Entry> trail;
  private boolean isChanged;

  Edit(Incident before, String by, long epoch) {
    this.before = before;
    this.by = by;
    this.epoch = epoch;
    kind = before.kind();
    began = before.began();
    ended = before.ended();
    resolved = before.resolved();
    text = before.text();
    witnesses = before.witnesses();
    suppressed = before.suppressed();
    acknowledged = before.acknowledged();
    trail = before.trail();
  }

  boolean isChanged() {
    return isChanged;
  }

  Edit entry(String event, String line, Instant now) {
    isChanged = true;
    trail = Trail.with(trail, new Entry(now, event, by, line));
    return this;
  }

  Edit began(Instant at, Instant now) {
    entry("corrected", "began at " + at + ", not at " + began, now);
    began = at;
    return this;
  }

  Edit kind(Kind worse, String line, Instant now) {
    entry("changed", "was " + kind.label() + ", is " + worse.label() + ": " + line, now);
    kind = worse;
    text = line;
    return this;
  }

  Edit text(String line, Instant now) {
    entry("changed", line, now);
    text = line;
    return this;
  }

  Edit ended(Instant at, String line, Instant now) {
    entry("resolved", line, now);
    ended = at.isBefore(began) ? began : at;
    resolved = now;
    return this;
  }

  Edit endedOtherwise(Instant at, Instant now) {
    entry("corrected", "was over at " + at + ", not at " + ended, now);
    ended = at;
    return this;
  }

  Edit lasts(Instant now) {
    entry("corrected", "it lasts, and was not over at " + ended, now);
    ended = null;
    resolved = null;
    return this;
  }

  /** It turned out never to have been. */
  Edit withdrawn(String why, Instant now) {
    entry("corrected", why, now);
    ended = began;
    resolved = resolved == null ? now : resolved;
    return this;
  }

  Edit suppressed(@Nullable Suppression because, Instant now) {
    if (because != null) {
      entry("suppressed", because.text(), now);
    } else {
      entry("changed", "not suppressed any more", now);
    }
    suppressed = because;
    return this;
  }

  Edit witnesses(List<Witness> said) {
    isChanged |= !said.equals(witnesses);
    witnesses = said;
    return this;
  }

  Incident done() {
    return new Incident(
        before.id(),
        kind,
        before.subject(),
        began,
        before.detected(),
        ended,
        resolved,
        text,
        witnesses,
        suppressed,
        acknowledged,
        trail,
        epoch);
  }
}
