package dev.jiggety.agent.node;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.Change;
import dev.jiggety.agent.store.ChangeRows;
import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoreListener;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.Subscription;
import dev.jiggety.base.Problem;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Knows the tests of this node from the local replica of the configuration, and says so whenever
 * they change. A document that cannot be read is reported and left out; the others are not touched
 * by it, and neither is the last good version of a test that was changed into something unreadable:
 * it is not run any more, since nobody knows what was meant.
 */
final class ConfigFollower implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ConfigFollower.class.getName());
  private static final String TESTS = Ids.test("");
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final DocumentStore store;
  private final Predicate<TestDefinition> isForUs;
  private final Listener listener;
  private final Map<String, TestDefinition> tests = new TreeMap<>();
  private final Map<String, String> unreadable = new TreeMap<>();
  private final Semaphore wanted = new Semaphore(1);
  private final Subscription subscription;
  private final Thread thread;
  private volatile List<String> notices = List.of();
  private volatile boolean closing;
  private long since;

  /** Hears of the tests. One call at a time. */
  @FunctionalInterface
  interface Listener {
    /**
     * The tests of this node changed.
     *
     * @param tests all of them
     * @param gone those that are not this node's any more since the last call
     */
    void tests(Collection<TestDefinition> tests, Set<String> gone);
  }

  ConfigFollower(DocumentStore store, Predicate<TestDefinition> isForUs, Listener listener) {
    this.store = store;
    this.isForUs = isForUs;
    this.listener = listener;
    this.subscription =
        store.subscribe(
            new StoreListener() {
              @Override
              public void changed(long seq) {
                wanted.release();
              }
            });
    this.thread = Thread.ofPlatform().daemon().name("configuration").unstarted(this::loop);
  }

  /** Reads what is there, on the calling thread, and goes on reading what comes. */
  ConfigFollower start() {
    look();
    thread.start();
    return this;
  }

  /** One line for each document that looks like a test and cannot be run. */
  List<String> notices() {
    return notices;
  }

  @Override
  public void close() {
    closing = true;
    subscription.close();
    wanted.release();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (true) {
      try {
        wanted.acquire();
        wanted.drainPermits();
        if (closing) {
          return;
        }
        look();
      } catch (InterruptedException e) {
        return; // the process ends
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "the configuration could not be read, trying again", e);
        again();
      }
    }
  }

  private void again() {
    try {
      if (!wanted.tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS) || !closing) {
        wanted.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    Set<String> before = new TreeSet<>(tests.keySet());
    Set<String> removed = new TreeSet<>();
    boolean changed = false;
    long reached = since;
    try (ChangeRows rows = store.changes(ChangesQuery.since(since).withDocs())) {
      while (rows.hasNext()) {
        Change change = rows.next();
        reached = Math.max(reached, change.seq());
        if (change.id().startsWith(TESTS)) {
          changed = true;
          take(change, removed);
        }
      }
    }
    since = reached;
    if (changed) {
      before.addAll(removed);
      before.removeAll(tests.keySet());
      notices = List.copyOf(unreadable.values());
      listener.tests(List.copyOf(tests.values()), before);
    }
  }

  private void take(Change change, Set<String> removed) {
    String testId = change.id().substring(TESTS.length());
    StoredDocument document = change.document();
    unreadable.remove(testId);
    if (change.deleted() || document == null) {
      tests.remove(testId);
      removed.add(testId);
      return;
    }
    try {
      JsonObject json = document.body();
      json.addProperty("_id", change.id());
      TestDefinition test = TestDocument.TYPE.read(json);
      List<Problem> problems = TestRules.problems(test);
      if (!problems.isEmpty()) {
        throw new DocumentException(problems);
      }
      if (isForUs.test(test)) {
        tests.put(testId, test);
      } else {
        tests.remove(testId);
        removed.add(testId);
      }
    } catch (DocumentException e) {
      tests.remove(testId);
      String line = "the test " + testId + " cannot be run: " + e.getMessage();
      unreadable.put(testId, line);
      LOG.log(Level.WARNING, line);
    }
  }
}
