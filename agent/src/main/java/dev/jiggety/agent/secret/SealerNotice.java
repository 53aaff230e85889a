package dev.jiggety.agent.secret;

import com.google.gson.JsonObject;
import dev.jiggety.base.Backoff;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.SealerDocument;
import dev.jiggety.model.Sealer;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.couch.Answers;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Says on the hub what secrets for a manager are sealed to, signed with its key; whether it is the
 * active one or not, so that it can open them when it takes over. Looks again once in a while: a
 * hub can be made anew. On a thread of its own.
 */
public final class SealerNotice implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SealerNotice.class.getName());
  private static final Duration USUAL = Duration.ofMinutes(10);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final HubDatabase config;
  private final JsonObject notice;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private SealerNotice(HubDatabase config, SigningKey key, SealingKey sealing) {
    this.config = config;
    this.notice =
        Signatures.sign(
            SealerDocument.TYPE.write(
                new Sealer(key.trusted().id(), key.trusted().name(), sealing.open())),
            key);
    this.thread = Thread.ofVirtual().name("sealer").unstarted(this::loop);
  }

  /** Begins and returns at once. */
  public static SealerNotice begin(
      Hub hub, DatabaseNames names, SigningKey key, SealingKey sealing) {
    SealerNotice begun = new SealerNotice(hub.database(names.config()), key, sealing);
    begun.thread.start();
    return begun;
  }

  /**
   * A manager's sealing key, made at its first start.
   *
   * @throws IllegalArgumentException when it cannot be read or made; one line for people
   */
  public static SealingKey key(Path file) {
    if (Files.exists(file)) {
      return SealingKey.read(file);
    }
    SealingKey made = SealingKey.generate();
    try {
      made.create(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot write the sealing key " + file + ": " + e, e);
    }
    return made;
  }

  private void loop() {
    int failures = 0;
    try {
      boolean isClosed = false;
      while (!isClosed) {
        Duration wait = USUAL;
        try {
          say();
          failures = 0;
        } catch (HubException e) {
          LOG.log(Level.DEBUG, "the sealing key is not on the hub yet: {0}", e.getMessage());
          wait = BACKOFF.delay(failures++, RandomGenerator.getDefault());
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "the sealing key is said again after a fault", e);
        }
        isClosed = closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  private void say() {
    String id = notice.get("_id").getAsString();
    Optional<JsonObject> found = Answers.find(config, id, "read " + id);
    if (found.filter(it -> Contents.of(it).equals(Contents.of(notice))).isPresent()) {
      return;
    }
    JsonObject next = notice.deepCopy();
    found.ifPresent(it -> next.add("_rev", it.get("_rev")));
    Answers.value(config.put(next), config, "say what secrets for this manager are sealed to");
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}
