package dev.jiggety.agent.notify;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Notice;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.NoticeRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.random.RandomGenerator;

/**
 * Handles one notice: claims it by its revision, sends it, writes down what became of it. Who could
 * not claim it does not send it.
 */
final class Clerk {
  private static final System.Logger LOG = System.getLogger(Clerk.class.getName());

  /** Beyond the time that sending can take at most. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private static final Duration HUB_AGAIN = Duration.ofSeconds(1);
  private static final Duration UNKNOWN_CHANNEL = Duration.ofSeconds(5);

  private final NoticeRepository notices;
  private final Term term;
  private final Post post;
  private final NotifySettings settings;
  private final RandomGenerator random = RandomGenerator.getDefault();

  Clerk(NoticeRepository notices, Term term, Post post, NotifySettings settings) {
    this.notices = notices;
    this.term = term;
    this.post = post;
    this.settings = settings;
  }

  /**
   * What became of a notice.
   *
   * @param standing as it stands on the hub, as far as is known
   * @param pause how long the channel is left alone; zero when it works
   * @param trouble why; empty when it works
   */
  record Done(Stored<Notice> standing, Duration pause, String trouble) {}

  /** Makes the message of a notice. */
  interface Words {
    Message of(Notice notice);
  }

  /**
   * Handles one.
   *
   * @param channel empty where there is none of that id
   * @param failures of the channel in a row until now
   * @param writing held while it is written down what became of it: then the thread must not be
   *     interrupted
   */
  Done handle(
      Stored<Notice> stored, Optional<Channel> channel, int failures, Words words, Lock writing)
      throws InterruptedException {
    Optional<Message> message = Optional.empty();
    String wrong = "there is no channel " + stored.value().channel() + " in force";
    if (channel.isPresent()) {
      try {
        message = Optional.of(words.of(stored.value())); // may take its time, so before the claim
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "a notice could not be written", e);
        wrong = "the message could not be written: " + Lines.one(e.toString());
      }
    }
    if (term.isOver()) {
      return new Done(stored, HUB_AGAIN, "");
    }
    Duration longest = channel.map(it -> it.timeout().multipliedBy(2)).orElse(Duration.ZERO);
    Instant until = term.now().plus(longest).plus(MARGIN);
    Stored<Notice> claimed;
    try {
      Optional<Stored<Notice>> mine =
          notices.store(stored.value().claimed(term.epoch(), until), stored);
      if (mine.isEmpty()) {
        Optional<Stored<Notice>> other = notices.find(stored.value().id());
        return new Done(other.orElse(stored), Duration.ZERO, "");
      }
      claimed = mine.get();
    } catch (HubException e) {
      return new Done(stored, HUB_AGAIN, String.valueOf(e.getMessage()));
    }
    Answer answer;
    if (channel.isEmpty()) {
      answer = new Answer.Later(wrong, Optional.of(UNKNOWN_CHANNEL));
    } else if (message.isEmpty()) {
      answer = new Answer.Later(wrong);
    } else if (term.isOver() || term.now().plus(longest).isAfter(until)) {
      // It stood still since it had it: somebody else may be about to send it.
      answer =
          new Answer.Later("the manager stood still; it is tried again", Optional.of(HUB_AGAIN));
    } else {
      answer = post.send(channel.get(), message.get());
    }
    writing.lock();
    try {
      return writeDown(claimed, answer, failures);
    } finally {
      writing.unlock();
    }
  }

  private Done writeDown(Stored<Notice> claimed, Answer answer, int failures)
      throws InterruptedException {
    Notice notice = claimed.value();
    Instant now = term.now();
    switch (answer) {
      case Answer.Taken(String text, String remark) -> {
        return new Done(keep(claimed, notice.sent(text, remark, now)), Duration.ZERO, "");
      }
      case Answer.Later(String why, Optional<Duration> after) -> {
        Duration pause = after.orElseGet(() -> settings.pace().delay(failures, random));
        boolean isLost = now.isAfter(notice.created().plus(settings.giveUp()));
        return new Done(
            keep(
                claimed,
                isLost
                    ? notice.failed(why, notice.remark())
                    : notice.again(why, notice.remark(), now.plus(pause))),
            pause,
            why);
      }
      case Answer.Refused(String why) -> {
        boolean isLost = notice.attempts() >= settings.refusals();
        Duration pause = settings.pace().delay(notice.attempts() + 2, random);
        return new Done(
            keep(
                claimed,
                isLost
                    ? notice.failed(why, notice.remark())
                    : notice.again(why, notice.remark(), now.plus(pause))),
            Duration.ZERO,
            why);
      }
    }
  }

  /**
   * What was done is done, whether the hub hears of it now or later; by its revision it is written
   * only where nobody else has the notice meanwhile, so also after the end of the term.
   */
  private Stored<Notice> keep(Stored<Notice> claimed, Notice after) throws InterruptedException {
    boolean isSaid = Thread.interrupted(); // then it is closed, and this is the last word
    while (true) {
      try {
        Optional<Stored<Notice>> kept = notices.store(after, claimed);
        return kept.isPresent() ? kept.get() : notices.find(after.id()).orElse(claimed);
      } catch (HubException e) {
        if (!isSaid) {
          LOG.log(
              System.Logger.Level.WARNING,
              "what became of {0} cannot be written down yet: {1}",
              after.id(),
              e.getMessage());
          isSaid = true;
        }
        if (term.isOver() || e.kind() == HubException.Kind.REFUSED) {
          return claimed;
        }
        Thread.sleep(HUB_AGAIN);
      }
    }
  }
}
