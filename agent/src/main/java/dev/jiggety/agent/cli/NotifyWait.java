package dev.jiggety.agent.cli;

import dev.jiggety.couch.Credentials;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.State;
import dev.jiggety.repository.NoticeRepository;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits for what became of a notice that somebody asked for. */
final class NotifyWait {
  private static final Duration LOOK = Duration.ofMillis(300);

  private NotifyWait() {}

  /** Who asks: as the hub knows it. */
  static String who(HubOption hub, @Nullable String given) {
    return given != null
        ? given
        : hub.address()
            .credentials()
            .map(Credentials::user)
            .orElseGet(() -> System.getProperty("user.name", "nobody"));
  }

  /**
   * Waits and says what became of it.
   *
   * @param isOld what does not count
   * @return the exit code
   */
  static int await(
      NoticeRepository notices,
      String id,
      Predicate<Notice> isOld,
      Duration longest,
      PrintWriter out) {
    Instant end = Instant.now().plus(longest);
    Optional<Notice> notice = Optional.empty();
    while (Instant.now().isBefore(end)) {
      notice = notices.find(id).map(Stored::value).filter(isOld.negate());
      if (notice.isPresent() && isDecided(notice.get())) {
        break;
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    if (notice.isEmpty()) {
      throw new CliException(
          ExitCode.BAD,
          "no active manager took it up within "
              + longest.toSeconds()
              + " s; is one running? see: jiggety status");
    }
    NoticeText.lines(notice.get()).forEach(out::println);
    return notice.get().state() == State.SENT ? ExitCode.FINE : ExitCode.BAD;
  }

  /** Who waits for a test wants to hear of the first thing that goes wrong. */
  private static boolean isDecided(Notice notice) {
    return notice.isFinal() || (notice.state() == State.QUEUED && notice.attempts() > 0);
  }
}
