package dev.jiggety.model.rules.notice;

import dev.jiggety.model.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What follows from a {@link Situation}.
 *
 * @param due notices to be made now, queued or withheld, in the order of their times
 * @param lookAgain when something will be due though nothing changes; empty for never
 */
public record NoticePlan(List<Notice> due, Optional<Instant> lookAgain) {
  public NoticePlan {
    due = List.copyOf(due);
  }
}
