package dev.jiggety.agent.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.SecretMissingException;
import dev.jiggety.base.Backoff;
import dev.jiggety.document.NoticeDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.NoticeRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ClerkTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final AtomicInteger sent = new AtomicInteger();
  private Instant now = NOON;
  private boolean isOver;
  private Runnable afterClaim = () -> {};

  @Test
  void whoStoodStillAfterTheClaimUntilItsTurnWasOverSendsNothing() throws Exception {
    afterClaim = () -> isOver = true;
    assertThat(handle().standing().value().state()).isEqualTo(Notice.State.QUEUED);
    assertThat(sent).hasValue(0);
  }

  @Test
  void whoStoodStillAfterTheClaimUntilAnotherOneMaySendSendsNothing() throws Exception {
    afterClaim = () -> now = now.plusSeconds(60);
    assertThat(handle().trouble()).contains("stood still");
    assertThat(sent).hasValue(0);
  }

  @Test
  void wordsThatTakeLongKeepNothingFromBeingSent() throws Exception {
    Clerk.Done done = handle(() -> now = now.plusSeconds(60));
    assertThat(done.standing().value().state()).isEqualTo(Notice.State.SENT);
    assertThat(sent).hasValue(1);
  }

  private Clerk.Done handle() throws InterruptedException {
    return handle(() -> {});
  }

  private Clerk.Done handle(Runnable whileWriting) throws InterruptedException {
    NotifySettings settings =
        new NotifySettings(
            name -> {
              throw new SecretMissingException(name);
            },
            Path.of("."),
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(200)),
            Duration.ofDays(1),
            2);
    Post post =
        new Post(
            settings.secrets(),
            _ ->
                (_, _) -> {
                  sent.incrementAndGet();
                  return new Answer.Taken("ok");
                });
    return new Clerk(new OneNotice(), new Turn(), post, settings)
        .handle(
            stored(notice(), "1-x"),
            Optional.of(NotifyWorld.webhook("hook", "http://127.0.0.1:1/")),
            0,
            notice -> {
              whileWriting.run();
              return new Message(
                  notice.id(), "key", "shop", "text", new JsonObject(), Map.of(), List.of());
            },
            new ReentrantLock());
  }

  private static Notice notice() {
    return new Notice(
        "notice:20261122T120000000:ops:hook:opened:1",
        "ops",
        "hook",
        Notice.Reason.OPENED,
        NOON,
        List.of(),
        Notice.State.QUEUED,
        "",
        "",
        0,
        NOON,
        NOON,
        null,
        1);
  }

  private static Stored<Notice> stored(Notice notice, String rev) {
    return new Stored<>(notice, rev, NoticeDocument.TYPE.write(notice));
  }

  private final class Turn implements Term {
    @Override
    public long epoch() {
      return 1;
    }

    @Override
    public boolean isOver() {
      return isOver;
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void says(String text) {}

    @Override
    public void trouble(String about, String text) {}

    @Override
    public void fine(String about) {}
  }

  private final class OneNotice implements NoticeRepository {
    @Override
    public Optional<Stored<Notice>> store(Notice notice, Stored<Notice> before) {
      if (notice.state() == Notice.State.SENDING) {
        afterClaim.run();
      }
      return Optional.of(stored(notice, "2-x"));
    }

    @Override
    public List<Stored<Notice>> between(Instant from, Instant to) {
      return List.of();
    }

    @Override
    public Optional<Stored<Notice>> find(String id) {
      return Optional.empty();
    }

    @Override
    public List<Stored<Notice>> create(List<Notice> notices) {
      return List.of();
    }

    @Override
    public void request(NoticeRequest request) {}

    @Override
    public HubFeed.Subscription follow(Instant since, Listener listener) {
      return () -> {};
    }
  }
}
