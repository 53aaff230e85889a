package dev.jiggety.desktop.basket;

import java.time.Instant;
import java.util.List;

/**
 * A patch that this desktop has submitted and of which it keeps the changes until they are in
 * force, so that nothing is lost when it is refused.
 *
 * @param patchId the patch
 * @param comment what was said about it
 * @param since when it was sent
 * @param entries its changes
 * @param reason why it came back, in one line; empty while it is under way
 */
public record Parcel(
    String patchId, String comment, Instant since, List<BasketEntry> entries, String reason) {
  public Parcel {
    entries = List.copyOf(entries);
  }

  /** Whether it came back. */
  public boolean isReturned() {
    return !reason.isEmpty();
  }

  Parcel returned(String why) {
    return new Parcel(patchId, comment, since, entries, why);
  }

  Parcel with(List<BasketEntry> rest) {
    return new Parcel(patchId, comment, since, rest, reason);
  }
}
