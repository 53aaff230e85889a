package dev.jiggety.model.rules;

import dev.jiggety.model.AuditEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the audit log entry by entry: each carries the digest of the one before it, so whoever
 * changes one has to change all that follow. What it cannot show is that the newest entries were
 * cut off, or that all were made anew: for that, keep the digest of the last entry elsewhere. For
 * one thread.
 */
public final class AuditChain {
  /** What the first entry carries in the place of a digest. */
  public static final String BEGINNING = "0".repeat(64);

  private long next;
  private @Nullable String digest;
  private @Nullable Flaw flaw;

  /** The entry whose {@code previous} did not fit and that is not vouched for by the next yet. */
  private @Nullable Link suspect;

  private AuditChain(long first) {
    this.next = first;
    this.digest = first == 1 ? BEGINNING : null;
  }

  /** A check from the first entry on. */
  public static AuditChain whole() {
    return new AuditChain(1);
  }

  /** A check of a part, whose first entry is believed to follow the one before. */
  public static AuditChain from(long first) {
    return new AuditChain(first);
  }

  /**
   * An entry with its digest.
   *
   * @param digest the SHA-256 of its canonical document
   */
  public record Link(AuditEntry entry, String digest) {}

  /** What is wrong with an entry. */
  public enum Kind {
    /** It is not there. */
    GAP,
    /** It is not what it was when the next one was written. */
    CHANGED,
    /** It is there twice. */
    DOUBLED,
    /** It comes after a later one. */
    OUT_OF_ORDER
  }

  /**
   * The first thing that is wrong.
   *
   * @param number of the entry
   * @param text one line for people
   */
  public record Flaw(long number, Kind kind, String text) {}

  /** How an entry reads, and its digest, by its canonical text. */
  public static Link link(AuditEntry entry, String canonicalText) {
    return new Link(entry, Digests.content(canonicalText).digest());
  }

  /** Looks at the next entry. */
  public void next(Link link) {
    long number = link.entry().number();
    if (flaw != null) {
      // A number that was missed and comes after all was not left out but put elsewhere.
      if (flaw.kind() == Kind.GAP && number == flaw.number()) {
        flaw = new Flaw(number, Kind.OUT_OF_ORDER, "entry " + number + " comes after a later one");
      }
      return;
    }
    if (number != next) {
      flaw = accused(number < next ? twice(number) : missing(number));
      return;
    }
    if (suspect != null) {
      settle(link);
      return;
    }
    if (digest != null && !digest.equals(link.entry().previous())) {
      suspect = link;
    }
    digest = link.digest();
    next++;
  }

  /** The last number that was looked at; 0 for none. */
  public long last() {
    return next - 1;
  }

  /** The digest of the entry that was looked at last. */
  public String digest() {
    return digest == null ? "" : digest;
  }

  /** What is wrong; empty when all that was shown fits. */
  public Optional<Flaw> end() {
    if (flaw == null && suspect != null) {
      flaw = changedBefore(suspect);
    }
    return Optional.ofNullable(flaw);
  }

  /** An entry that does not fit the one before: the one that follows tells which of them lies. */
  private void settle(Link follower) {
    Link unfit = suspect;
    if (unfit != null) {
      flaw =
          follower.entry().previous().equals(unfit.digest())
              ? changedBefore(unfit)
              : changed(unfit.entry().number());
    }
  }

  /** Where a suspect is waiting it comes first. */
  private Flaw accused(Flaw later) {
    return suspect == null ? later : changedBefore(suspect);
  }

  private Flaw changedBefore(Link unfit) {
    long before = unfit.entry().number() - 1;
    return changed(Math.max(before, 1));
  }

  private static Flaw changed(long number) {
    return new Flaw(
        number, Kind.CHANGED, "entry " + number + " is not what it was when the next was written");
  }

  private static Flaw twice(long number) {
    return new Flaw(number, Kind.DOUBLED, "entry " + number + " is there twice");
  }

  private Flaw missing(long found) {
    String which = found == next + 1 ? "entry " + next + " is" : entries(found - 1);
    return new Flaw(next, Kind.GAP, which + " missing");
  }

  private String entries(long last) {
    return "entries " + next + " to " + last + " are";
  }
}
