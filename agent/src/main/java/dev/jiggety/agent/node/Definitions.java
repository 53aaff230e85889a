package dev.jiggety.agent.node;

import dev.jiggety.agent.store.Change;
import dev.jiggety.agent.store.ChangeRows;
import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.DocumentForm;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * The tests of this node, as its replica of the configuration has them. Follows the replica on a
 * thread of its own and tells all of them whenever one changes. A document that cannot be read is
 * reported and left out; if it could be read before, the test stays as it was, since a test that
 * silently stops is worse than one that is a little old.
 */
final class Definitions implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Definitions.class.getName());
  private static final String PREFIX = Ids.test("");
  private static final int PAGE = 1_000;

  private final DocumentStore config;
  private final Predicate<TestDefinition> isOurs;
  private final Listener listener;
  private final Map<String, TestDefinition> tests = new HashMap<>();
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("definitions").unstarted(this::loop);
  private final Subscription subscription;
  private volatile boolean closed;
  private long seen;

  /** Hears of the tests. */
  interface Listener {
    /**
     * All tests of this node.
     *
     * @param gone ids of those that were there before and are not any more
     */
    void tests(Collection<TestDefinition> all, Set<String> gone);
  }

  private Definitions(DocumentStore config, Predicate<TestDefinition> isOurs, Listener listener) {
    this.config = config;
    this.isOurs = isOurs;
    this.listener = listener;
    this.subscription =
        config.subscribe(
            new StoreListener() {
              @Override
              public void changed(long seq) {
                wakes.release();
              }
            });
  }

  /**
   * Tells what the replica has, then follows it.
   *
   * @param isOurs whether this node runs a test
   */
  static Definitions follow(
      DocumentStore config, Predicate<TestDefinition> isOurs, Listener listener) {
    Definitions definitions = new Definitions(config, isOurs, listener);
    definitions.read();
    definitions.thread.start();
    return definitions;
  }

  @Override
  public void close() {
    closed = true;
    subscription.close();
    wakes.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!closed) {
      wakes.acquireUninterruptibly();
      wakes.drainPermits();
      try {
        if (!closed) {
          read();
        }
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "new tests could not be read; the old ones stay in force", e);
      }
    }
  }

  private void read() {
    Set<String> gone = new HashSet<>();
    boolean changed = seen == 0;
    boolean more = true;
    while (more) {
      List<Change> page = page();
      for (Change change : page) {
        changed |= change.id().startsWith(PREFIX) && take(change, gone);
      }
      more = page.size() == PAGE;
    }
    if (changed) {
      listener.tests(List.copyOf(tests.values()), gone);
    }
  }

  private List<Change> page() {
    List<Change> page = new ArrayList<>();
    try (ChangeRows rows =
        config.changes(ChangesQuery.since(seen).withLimit(PAGE).withDocs())) {
      rows.forEachRemaining(page::add);
      seen = rows.lastSeq();
    }
    return page;
  }

  private boolean take(Change change, Set<String> gone) {
    String id = change.id().substring(PREFIX.length());
    StoredDocument document = change.document();
    if (change.deleted() || document == null) {
      return remove(id, gone);
    }
    try {
      TestDefinition test =
          TestDocument.TYPE.read(config.toJson(document, DocumentForm.PLAIN));
      List<Problem> problems = TestRules.problems(test);
      if (!problems.isEmpty()) {
        throw new DocumentException(problems);
      }
      if (!isOurs.test(test)) {
        return remove(id, gone);
      }
      gone.remove(id);
      return !test.equals(tests.put(id, test));
    } catch (DocumentException e) {
      LOG.log(
          Level.WARNING,
          "test {0} cannot be used, {1}: {2}",
          id,
          tests.containsKey(id) ? "its last version stays in force" : "it is left out",
          e.getMessage());
      return false;
    }
  }

  private boolean remove(String id, Set<String> gone) {
    if (tests.remove(id) == null) {
      return false;
    }
    gone.add(id);
    return true;
  }
}
